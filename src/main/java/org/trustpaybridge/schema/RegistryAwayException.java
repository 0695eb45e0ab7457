package org.trustpaybridge.schema;

/** A schema cannot be had for now. The message says why, and holds no secret and no words of whoever answered. */
public final class RegistryAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param why as the rest of a sentence that begins with "The schema registry" */
    RegistryAwayException(String why) {
        super(why);
    }

    /** @return the whole sentence, with what to do about it */
    public String inWords() {
        return "The schema registry " + getMessage() + ". Look at the schema-registry.* settings, and at whether it runs.";
    }
}
