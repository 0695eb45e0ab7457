package org.trustpaybridge.order;

/** How an order id is written in the request; MultiSafepay's documents disagree, so it is a setting. */
public enum OrderIdType {
    /** A JSON integer where that loses nothing, else a JSON string: the reference document's rule. */
    AUTO,
    /** Always a JSON string: the rule of the newer documents. */
    STRING
}
