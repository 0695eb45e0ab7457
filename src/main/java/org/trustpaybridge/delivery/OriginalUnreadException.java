package org.trustpaybridge.delivery;

/** A record of which only the beginning was kept cannot be read from its topic again at the moment. */
public final class OriginalUnreadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was said, for people; no personal data
     * @param cause   what was thrown, or null when nothing came in time
     */
    public OriginalUnreadException(String message, Throwable cause) {
        super(message, cause);
    }
}
