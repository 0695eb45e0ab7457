package org.trustpaybridge.delivery;

/** How much of an input record goes into the record that is published for it. The next one takes less room. */
public enum Form {
    /** A dead letter has its key and value, byte for byte. */
    WHOLE,
    /** A dead letter has the beginning of both, and few of its headers. */
    TRIMMED,
    /** What the bridge itself has to say, and next to nothing of the record. */
    BARE
}
