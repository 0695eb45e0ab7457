package org.trustpaybridge.simulator;

/**
 * Why the provider would not take an order.
 *
 * @param code the provider's error code
 * @param info what it says about it
 */
record Refusal(int code, String info) {

    static final int AMOUNT = 1001;
    static final int CURRENCY = 1002;
    static final int TRANSACTION_ID = 1006;
    static final int IP_ADDRESS = 1007;
    static final int DESCRIPTION = 1008;
    static final int VARIABLE = 1010;
    static final int MISSING_DATA = 1016;
    static final int COUNTRY = 1018;
    static final int GATEWAY = 1023;
    static final int API_KEY = 1032;

    static Refusal missing(String field) {
        return new Refusal(MISSING_DATA, "Missing data: " + field);
    }

    static Refusal invalid(String field, String expected) {
        return new Refusal(MISSING_DATA, "Invalid data: " + field + " should be " + expected);
    }
}
