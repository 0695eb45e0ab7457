package org.trustpaybridge.deadletters.replay;

/** Is told how far something is. Called often; must be quick. */
@FunctionalInterface
public interface Watcher {

    /** Looks away. */
    Watcher NOBODY = (what, done, total) -> { };

    /**
     * @param what  what is done, such as "Reading order-created"
     * @param done  how much of it is done
     * @param total how much there is to do
     */
    void progress(String what, long done, long total);
}
