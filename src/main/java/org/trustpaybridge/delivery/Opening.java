package org.trustpaybridge.delivery;

/**
 * With what the books of a partition are opened.
 *
 * @param position  offset from which on it is read
 * @param committed the offset if it is committed so already, with this note; -1 if it is to be committed now
 * @param note      what is known of it
 */
public record Opening(long position, long committed, CommitNote note) {

    /** It is not known yet where to begin. */
    static final Opening UNDECIDED = new Opening(-1, -1, CommitNote.NONE);
}
