package org.trustpaybridge.simulator;

/** The statuses an order takes here; the provider knows more. */
enum OrderStatus {
    INITIALIZED("initialized"), COMPLETED("completed"), VOID("void");

    private final String text;

    OrderStatus(String text) {
        this.text = text;
    }

    /** As the API writes it. */
    String text() {
        return text;
    }
}
