package org.trustpaybridge.secrets;

/** What stands in a file is no such secret. */
public final class RefusedSecretException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param why the rest of a sentence that begins with the name of the setting; nothing of the secret is in it */
    public RefusedSecretException(String why) {
        super(why);
    }
}
