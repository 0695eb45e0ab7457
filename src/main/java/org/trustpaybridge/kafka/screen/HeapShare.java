package org.trustpaybridge.kafka.screen;

/** What reading may take of the heap. Nothing is promised by these numbers but that they are small beside it. */
public final class HeapShare {

    private static final long LEAST = 1L << 20;
    private static final int RECORD = 64;
    private static final int POLL = 64;
    private static final int PIECE = 16;
    private static final int FETCH = 16;
    private static final int RECEIVE = 8;
    private static final long FETCH_LEAST = 1L << 20;
    private static final long FETCH_MOST = 50L << 20;

    private HeapShare() {
    }

    /** Bytes of the largest record that is held whole; what is larger is known by its place, size and hash. */
    static int record() {
        return share(RECORD);
    }

    /** Bytes that one poll brings, apart from its last record. */
    static int poll() {
        return share(POLL);
    }

    /** Bytes that a codec may need at once. */
    static int piece() {
        return share(PIECE);
    }

    /** @return bytes that one fetch brings of each broker, unless a single batch is larger; at most what Kafka's client has by default */
    public static int fetch() {
        return (int) Math.max(FETCH_LEAST, Math.min(FETCH_MOST, Runtime.getRuntime().maxMemory() / FETCH));
    }

    /** Bytes of one answer of a broker on the heap: twice what a fetch brings, unless a single batch is larger. */
    static long receive() {
        return Math.max(2 * FETCH_LEAST, Runtime.getRuntime().maxMemory() / RECEIVE);
    }

    private static int share(int part) {
        return (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE / 4, Runtime.getRuntime().maxMemory() / part));
    }
}
