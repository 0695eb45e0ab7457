package org.trustpaybridge.cli;

/**
 * Chooses between platform and virtual threads for what Camel runs. 1,024 virtual threads take 120 MB less than as many with stacks of
 * their own, and a little more time to switch between, so they pay where very many calls are in flight: see docs/performance.md.
 */
final class WorkerThreads {

    /** Camel reads it once, when the class that makes its threads is loaded. */
    static final String SETTING = "camel.threads.virtual.enabled";

    /** Before, a virtual thread that waits in a synchronized block keeps a platform thread from the others (JEP 491). */
    private static final int JAVA = 24;
    private static final int MANY_CALLS = 256;

    private WorkerThreads() {
    }

    /**
     * Chooses for this process, before Camel is started. A choice that was made with {@code -D} stands.
     *
     * @param concurrency provider calls in flight at once
     */
    static void choose(int concurrency) {
        if (System.getProperty(SETTING) == null) {
            System.setProperty(SETTING, Boolean.toString(virtual(Runtime.version().feature(), concurrency)));
        }
    }

    static boolean virtual(int javaFeature, int concurrency) {
        return javaFeature >= JAVA && concurrency >= MANY_CALLS;
    }
}
