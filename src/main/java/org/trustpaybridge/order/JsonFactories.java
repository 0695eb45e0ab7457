package org.trustpaybridge.order;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/** Where the factories for JSON come from that the workers use. */
public final class JsonFactories {

    private JsonFactories() {
    }

    /**
     * Starts a factory whose buffers are shared. Jackson's own choice is a set of them for each thread, 26 kB that a worker would hold
     * while it waits for the provider.
     *
     * @return a builder with Jackson's defaults otherwise
     */
    public static JsonFactoryBuilder shared() {
        return new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool());
    }
}
