package org.trustpaybridge.deadletters;

/** Why a dead letter that was asked for is not replayed. */
public enum LeftOut {

    /** It was replayed before. */
    REPLAYED("replayed before"),
    /** There is a payment URL for the order. */
    PUBLISHED("order has a payment URL by now"),
    /** Another dead letter of the order, which is newer, was asked for too. */
    OLDER("older than another dead letter of the same order"),
    /** It would fail again. */
    ORDER_EXISTS("ORDER_EXISTS fails again; --reason ORDER_EXISTS takes them along"),
    /** The inbound topic does not reach back to the event, so a replay of it may have been there and be gone. */
    UNSURE("inbound topic keeps too little to tell whether they were replayed; --unsure takes them along"),
    /** Its event came from another topic than the one that is replayed to. */
    OTHER_TOPIC("come from another inbound topic"),
    /** It has no reason that the bridge knows, or does not say where its event stood. */
    FOREIGN("not written by this bridge");

    private final String words;

    LeftOut(String words) {
        this.words = words;
    }

    /** @return the same for people, in words that follow a number and a colon */
    public String words() {
        return words;
    }
}
