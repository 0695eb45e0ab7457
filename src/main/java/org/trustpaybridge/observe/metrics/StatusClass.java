package org.trustpaybridge.observe.metrics;

/** The class of an HTTP status. */
enum StatusClass {
    NO_ANSWER(Label.NONE),
    SUCCESS("2xx"),
    REDIRECT("3xx"),
    CLIENT_ERROR("4xx"),
    SERVER_ERROR("5xx"),
    ANY_OTHER(Label.OTHER);

    private final String label;

    StatusClass(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** @param status the HTTP status; 0 when there was no answer */
    static StatusClass of(int status) {
        return switch (status / 100) {
            case 0 -> status == 0 ? NO_ANSWER : ANY_OTHER;
            case 2 -> SUCCESS;
            case 3 -> REDIRECT;
            case 4 -> CLIENT_ERROR;
            case 5 -> SERVER_ERROR;
            default -> ANY_OTHER;
        };
    }
}
