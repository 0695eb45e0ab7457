package org.trustpaybridge.simulator;

/**
 * The catalogue of everything that can go wrong between this simulator and its caller: the one place that {@code --fault},
 * {@code sim-...} order ids, {@code --list-faults} and the table in docs/simulator.md are held against.
 */
public enum FaultKind {

    BAD_REQUEST("400", false, "HTTP 400, failure without an error code"),
    UNAUTHORIZED("401", false, "HTTP 401 with error 1032, invalid API key"),
    FORBIDDEN("403", false, "HTTP 403, failure without an error code"),
    FORBIDDEN_MESSAGE("403-message", false, "HTTP 403 with {\"message\":\"Forbidden\"} alone"),
    NOT_FOUND("404", false, "HTTP 404, failure without an error code"),
    METHOD_NOT_ALLOWED("405", false, "HTTP 405, failure without an error code"),
    REQUEST_TIMEOUT("408", false, "HTTP 408, failure without an error code"),
    VALIDATION("422", false, "HTTP 422 with a message and a list of errors"),
    STRING_ID("422-id", false, "HTTP 422 for an order_id that is an integer; a string is answered as ever"),
    TOO_EARLY("425", false, "HTTP 425, failure without an error code"),
    TOO_MANY("429", false, "HTTP 429, Retry-After in seconds"),
    TOO_MANY_DATE("429-date", false, "HTTP 429, Retry-After as an HTTP date"),
    SERVER_ERROR("500", false, "HTTP 500, failure without an error code"),
    BAD_GATEWAY("502", false, "HTTP 502 with a gateway's HTML page"),
    OUTAGE("503", false, "HTTP 503 with an HTML outage page"),
    GATEWAY_TIMEOUT("504", false, "HTTP 504 with an empty body"),
    MOVED("301", false, "HTTP 301 to another path of this server"),
    MOVED_KEEPING_METHOD("307", false, "HTTP 307 to another path of this server"),

    CODE("NNNN", false, "error code NNNN (any four digits), data {}, with the HTTP status that goes with the code"),
    CODE_LIST("NNNN-list", false, "the same with data []"),
    CODE_TEXT("NNNN-text", false, "the same with data \"\""),
    CODE_ECHO("NNNN-echo", false, "the same, and its words say the api_key back: as it came, in JSON, percent-encoded, in Base64"),
    BAD_KEY_OK("1032-200", false, "HTTP 200 with error 1032"),
    EXISTS_OK("1006-200", false, "HTTP 200 with error 1006"),
    CODE_ONLY("code-only", false, "error 1001 without the member success"),
    SUCCESS_STRING("success-string", false, "error 1001 with \"success\":\"false\" as a string"),
    DUTCH("dutch", false, "error 1001 explained in Dutch"),

    HTML("html", false, "HTTP 200 with an HTML page"),
    EMPTY("empty", false, "HTTP 200 with an empty body"),
    NOT_JSON("not-json", false, "HTTP 200, announced as JSON, with text that is none"),
    BAD_HEAD("bad-head", false, "an answer that begins with HTTP/1.1 000, then the connection is closed"),
    RESET("reset", false, "the connection is reset before anything is done"),
    CLOSE("close", false, "the connection is closed in an orderly way before anything is done"),

    RESET_AFTER("reset-after", true, "the connection is reset instead of answering"),
    TIMEOUT("timeout", true, "no answer, until the caller leaves or --hold is over"),
    CUT("cut", true, "half of the answer, less than its Content-Length, then the connection is closed"),
    SLOW("slow", true, "the answer byte by byte, one every --slow-interval"),
    HUGE("huge", true, "the answer after 8 MiB of padding inside the JSON object"),
    SURPLUS("surplus", true, "a good answer, and behind it, on a connection that is kept, one too many: error 1001"),
    NO_URL("no-url", true, "success without payment_url"),
    RELATIVE_URL("relative-url", true, "success with a payment_url that is only a path"),
    HTTP_URL("http-url", true, "success with a payment_url that is http on a public host"),
    OTHER_ORDER("other-order", true, "success for another order's id"),
    TRUE_STRING("true-string", true, "the answer with \"success\":\"true\" as a string"),

    NO_SESSION("no-session", true, "a good answer without session_id, as older ones were"),
    OTHER_ID_TYPE("other-id-type", true, "a good answer whose order_id is a string instead of a number or the reverse"),
    GZIP("gzip", true, "a good answer, gzip-encoded if the caller accepts that"),
    CLOCK_AHEAD("clock-ahead", true, "a good answer whose Date header is ten minutes ahead"),
    STRAY_HEADERS("stray-headers", true, "a good answer with headers that would steer the caller: Set-Cookie, CamelHttpUri and the like");

    private final String id;
    private final boolean createsOrder;
    private final String effect;

    FaultKind(String id, boolean createsOrder, String effect) {
        this.id = id;
        this.createsOrder = createsOrder;
        this.effect = effect;
    }

    /** The name used on the command line and in order ids; {@code NNNN} stands for four digits. */
    public String id() {
        return id;
    }

    /** Whether the call does its work (the order exists afterwards) before its answer goes wrong. */
    public boolean createsOrder() {
        return createsOrder;
    }

    /** What the caller sees, in a few words. */
    public String effect() {
        return effect;
    }
}
