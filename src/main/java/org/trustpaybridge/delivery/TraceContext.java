package org.trustpaybridge.delivery;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Place in a trace, in the words of the W3C (Trace Context, level 1).
 *
 * @param traceparent value of the header of that name
 * @param tracestate  value of the header of that name, if there is one
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {

    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";

    private static final String IDS = "-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";
    /** There is no version ff, and versions to come may have more behind the flags. */
    private static final Pattern TRACEPARENT = Pattern.compile("00" + IDS + "|(?!00|ff)[0-9a-f]{2}" + IDS + "(-[!-~]{1,200})?");
    private static final String MEMBER = "[ \\t]*([a-z0-9][a-z0-9_*/@-]{0,255}=[ -+\\--<>-~]{0,255}[!-+\\--<>-~])?[ \\t]*";
    private static final Pattern TRACESTATE = Pattern.compile(MEMBER + "(," + MEMBER + "){0,31}");
    /** What everybody passes on at least. */
    private static final int LONGEST_STATE = 512;

    /** Checks that nothing is null. */
    public TraceContext {
        Objects.requireNonNull(traceparent, PARENT);
        Objects.requireNonNull(tracestate, STATE);
    }

    /**
     * Reads the headers of a record, which may hold anything.
     *
     * @param source a record
     * @return its place in a trace; empty where {@code traceparent} is missing or is none. A {@code tracestate} means something only
     *         beside it, and is left out when it is none
     */
    public static Optional<TraceContext> of(SourceRecord source) {
        return source.headerText(PARENT).filter(text -> TRACEPARENT.matcher(text).matches())
            .map(parent -> new TraceContext(parent, source.headerText(STATE).filter(TraceContext::isState)));
    }

    private static boolean isState(String text) {
        return !text.isBlank() && text.length() <= LONGEST_STATE && TRACESTATE.matcher(text).matches();
    }
}
