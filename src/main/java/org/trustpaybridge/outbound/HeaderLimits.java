package org.trustpaybridge.outbound;

/**
 * How much of a record's own headers is taken over. A header is taken over whole or not at all.
 *
 * @param number how many
 * @param each   bytes of name and value of one
 * @param all    bytes of names and values of all
 */
record HeaderLimits(int number, int each, int all) {

    /** Of what goes on to the readers of payment URLs: a W3C {@code tracestate} has 512 characters at most. */
    static final HeaderLimits PAYMENT_URL = new HeaderLimits(3, 1024, 2048);
    /** Far more than events have, and less than the topics of a Kafka with its usual limits take. */
    static final HeaderLimits DEAD_LETTER = new HeaderLimits(1000, 64 * 1024, 256 * 1024);
    /** Of a letter that was too large with all of it. */
    static final HeaderLimits TRIMMED = new HeaderLimits(100, 4 * 1024, 16 * 1024);
    /** Of a letter that was too large even then. */
    static final HeaderLimits NOTHING = new HeaderLimits(0, 0, 0);
}
