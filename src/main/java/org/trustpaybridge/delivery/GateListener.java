package org.trustpaybridge.delivery;

/** Told of what the provider gate finds, on the thread that caused it. */
public interface GateListener {

    /** @param state the new state of the provider */
    void changed(ProviderState state);

    /** @param orders orders of which many have begun to fail alone; told once until they are few again */
    void manyFailAlone(FailingOrders orders);
}
