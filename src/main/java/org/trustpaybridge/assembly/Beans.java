package org.trustpaybridge.assembly;

/** Where the routes look up what they refer to by name. */
@FunctionalInterface
interface Beans {

    /**
     * @param name as it stands in {@code routes/*.camel.yaml}, or as Camel looks for it
     * @param bean the object
     */
    void bind(String name, Object bean);
}
