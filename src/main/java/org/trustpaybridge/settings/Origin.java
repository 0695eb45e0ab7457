package org.trustpaybridge.settings;

/** Where a value was given; the first of these wins. */
public enum Origin {
    OPTION("option"),
    SYSTEM_PROPERTY("system property"),
    ENVIRONMENT("environment"),
    FILE("file"),
    DEFAULT("default");

    private final String word;

    Origin(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
