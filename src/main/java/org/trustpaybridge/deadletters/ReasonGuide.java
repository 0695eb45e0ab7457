package org.trustpaybridge.deadletters;

import org.trustpaybridge.delivery.DeadLetterReason.Code;

/**
 * What each reason means and what to do about it, for people. {@code docs/dead-letters.md} has the same words; a test holds the two
 * together. Text in back quotes is to be read as a name.
 */
public enum ReasonGuide {

    /** See {@link Code#INVALID_EVENT}. */
    INVALID_EVENT(Code.INVALID_EVENT, Replaying.IF_CHANGED,
        "The event breaks a rule. Nothing was sent",
        "Correct whatever publishes such events, and publish the order again, corrected. Replay it as it is only if a setting was what it"
            + " lacked"),
    /** See {@link Code#PROVIDER_REJECTED}. */
    PROVIDER_REJECTED(Code.PROVIDER_REJECTED, Replaying.IF_CHANGED,
        "MultiSafepay refused what the order says (codes 1001, 1002, 1007, 1008, 1010, 1016, 1018, 1024 to 1031, or HTTP 400 or 422 "
            + "without a code)",
        "Read `provider_error_code` and `provider_error_info`, correct the order, publish it again. Replay it as it is only if the reason"
            + " was at MultiSafepay and is gone"),
    /** See {@link Code#ORDER_EXISTS}. */
    ORDER_EXISTS(Code.ORDER_EXISTS, Replaying.NO,
        "Either a payment URL was published for this order id with another amount or currency, or MultiSafepay knows the id already"
            + " (1006), as a"
            + " rule from an order that is paid. `existing_order` in the detail says from where that is known, and the other order's "
            + "amount, currency and status as far as they are; `provider_error_code` is what the POST was answered, `look_up` what the"
            + " look-up",
        "Look for the order in MultiSafepay's back office and on `payment-url-created`. If it is another order, publish it under a new id; "
            + "don't replay it as it is"),
    /** See {@link Code#PROVIDER_UNCLEAR}. */
    PROVIDER_UNCLEAR(Code.PROVIDER_UNCLEAR, Replaying.YES,
        "Five times (`retry.unclear-attempts`) the answer made no sense: a code that is unknown or has no clear cause, success without a "
            + "usable payment URL, another order's id, a member twice, or HTTP 402, 409, 410, 413 or another 4xx without a code. `reason`"
            + " in the detail says which, and `seen` what the last answer looked like",
        "Look whether the order exists at MultiSafepay, then replay it. If there are many, ask MultiSafepay"),
    /** See {@link Code#GAVE_UP}. */
    GAVE_UP(Code.GAVE_UP, Replaying.YES,
        "The order kept failing with time-outs, broken connections, HTTP 5xx, 429 and the like, or was refused the account (a currency"
            + " that the site may not use, for instance), for `retry.give-up-after` (15 minutes), while others succeeded, or "
            + "MultiSafepay was found to take orders while no other came; or HTTP 401, 403 or 404 "
            + "without a code came for it alone five times (`retry.unclear-attempts`): most often a firewall that dislikes what it says",
        "Replay it. If it fails again, look for what sets it apart");

    private final Code code;
    private final Replaying replaying;
    private final String happened;
    private final String toDo;

    ReasonGuide(Code code, Replaying replaying, String happened, String toDo) {
        this.code = code;
        this.replaying = replaying;
        this.happened = happened;
        this.toDo = toDo;
    }

    /** @return the guide for a code */
    public static ReasonGuide of(Code code) {
        return switch (code) {
            case INVALID_EVENT -> INVALID_EVENT;
            case PROVIDER_REJECTED -> PROVIDER_REJECTED;
            case ORDER_EXISTS -> ORDER_EXISTS;
            case PROVIDER_UNCLEAR -> PROVIDER_UNCLEAR;
            case GAVE_UP -> GAVE_UP;
        };
    }

    /** @return the code */
    public Code code() {
        return code;
    }

    /** @return whether replaying as it is makes sense */
    public Replaying replaying() {
        return replaying;
    }

    /** @return what happened, one or more sentences without a last full stop */
    public String happened() {
        return happened;
    }

    /** @return what to do about it, one or more sentences without a last full stop */
    public String toDo() {
        return toDo;
    }

    /** Whether replaying an event as it is makes sense. */
    public enum Replaying {
        /** It may well succeed. */
        YES,
        /** It fails again unless something else was changed. */
        IF_CHANGED,
        /** It fails again, or makes a second payment link. */
        NO
    }
}
