package org.trustpaybridge.condition;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether orders flow, or one of the reasons why they do not.
 *
 * @param name     word for programs, closed set
 * @param headline what is so, for people, without a full stop
 * @param detail   why, and what is done about it, as whole sentences; may be empty. No secret, no address, no words of the provider
 * @param since    since when, as far as that is known
 */
public record Condition(Name name, String headline, String detail, Optional<Instant> since) {

    /** What a condition does to the orders of this instance. */
    public enum Effect {
        /** All of them wait; health is DOWN. */
        STOPS,
        /** Some wait, or something was lost or needs somebody to look, while the others flow; health is DOWN. */
        TROUBLE,
        /** Nothing is wrong with it; health is UP. */
        NONE
    }

    /** The conditions, the one that matters most first. */
    public enum Name {
        /** Kafka or the inbound topic cannot be reached. */
        WAITING_FOR_KAFKA(Effect.STOPS, "Kafka, the inbound topic or a right is missing, or no heartbeat can be sent"),
        /** What was published before is not known yet. */
        READING_LEDGER(Effect.STOPS, "What was published before is being read; orders wait for it"),
        /** Nobody knows which orders are new. */
        START_UNKNOWN(Effect.STOPS, "It cannot be proven which orders are new; an operator has to say where to begin"),
        /** The provider refuses the account. */
        ACCOUNT_FAULT(Effect.STOPS, "The provider refuses the account"),
        /** Somebody else than the provider's API answers. */
        WRONG_BASE_URL(Effect.STOPS, "What answers at `multisafepay.base-url` is not MultiSafepay's API"),
        /** The provider answers nobody. */
        OUTAGE(Effect.STOPS, "The provider answers nobody: calls fail, and none succeeds"),
        /** Polls of Kafka fail as a whole. */
        POLL_FAILS(Effect.STOPS, "Kafka answers, and yet its client fails with every poll"),
        /** The outbound topic takes nothing. */
        PAYMENT_URLS_HELD(Effect.STOPS, "Kafka does not take payment URLs; they are held, and no order is posted"),
        /** So many records are held that no more are fetched. */
        HELD_FULL(Effect.STOPS, "So many records wait for a topic that does not take them, or for a schema, that no more are fetched"),
        /** The group has no place for this instance. */
        GROUP_CONFLICT(Effect.STOPS,
            "The consumer group does not take this instance: another one has its `group.instance.id`, another program"
            + " uses the group, or it is full"),
        /** Nothing may be published. */
        MEMBERSHIP_UNCONFIRMED(Effect.STOPS, "The consumer group has not confirmed for half a minute that this instance has its partitions;"
            + " nothing may be published meanwhile"),
        /** So many orders wait that no more are fetched. */
        WAITING_FULL(Effect.STOPS, "So many orders fail, or wait behind one of their order id, that no more are fetched"),
        /** Nobody polls Kafka, most often because an operator stopped the route. */
        NOT_FETCHING(Effect.STOPS, "Nobody polls Kafka; most often an operator stopped or suspended the route"),
        /** Many orders fail although the provider takes orders. */
        ORDERS_FAIL_ALONE(Effect.TROUBLE, "Five or more orders have been failing for a while, although the provider takes orders"),
        /** Values cannot be read without their schema. */
        SCHEMA_REGISTRY(Effect.TROUBLE, "A schema cannot be fetched from the registry; the records that need it are held"),
        /** A partition is not read on. */
        PARTITION_HELD_UP(Effect.TROUBLE, "A partition is not read on: its oldest unfinished order is a million offsets back"),
        /** A record cannot be read. */
        RECORD_UNREADABLE(Effect.TROUBLE, "A record cannot be read: its codec cannot be loaded, or its batch is corrupt"),
        /** A batch is looked into for long. */
        LONG_LOOK(Effect.TROUBLE,
            "A batch that may have a record too large to be held is being unpacked piece by piece for more than 5 s; its"
            + " partition waits"),
        /** Nobody stands between Kafka's client and records that are too large. */
        RECORDS_UNSCREENED(Effect.TROUBLE,
            "Java, or another version of Kafka's client, keeps the bridge from measuring records before they are"
            + " unpacked; orders flow, a record larger than the memory would end the process"),
        /** What is behind an open transaction of another program cannot be read. */
        OPEN_TRANSACTION(Effect.TROUBLE, "A transaction of another program on one of the three topics is open for more than a minute and"
            + " holds what was published behind it"),
        /** The dead-letter topic takes nothing. */
        DEAD_LETTERS_HELD(Effect.TROUBLE, "Kafka does not take dead letters; they are held, payment URLs flow"),
        /** Letters that are too large are held. */
        DEAD_LETTERS_TOO_LARGE(Effect.TROUBLE, "Some dead letters are larger than their topic takes, and are held"),
        /** A step fails again and again for some records, or a topic refuses them. */
        RECORDS_STUCK(Effect.TROUBLE, "A step keeps failing for some records, or a topic keeps refusing them"),
        /** Nobody knows of some partitions which orders are new. */
        START_PARTLY_UNKNOWN(Effect.TROUBLE, "The same of some partitions; the others are read"),
        /** Orders are lost. */
        RECORDS_DELETED_UNREAD(Effect.TROUBLE, "Kafka deleted orders before they were read, and nobody has acknowledged it"),
        /** Orders are lost, or wait for their offsets to be put back. */
        RECORDS_PASSED_OVER(Effect.TROUBLE,
            "Another program committed offsets of the group, so that no bridge reads the orders before them; and"
            + " nobody has acknowledged it"),
        /** This member is given up by its group, again and again. */
        MEMBERSHIP_LOST(Effect.TROUBLE, "The consumer group gave this member up three times or more within the last minutes"),
        /** What was published cannot be read, after it was once read. */
        LEDGER_UNREADABLE(Effect.TROUBLE,
            "The outbound topic or the dead-letter topic cannot be read; partitions assigned meanwhile wait for it"),
        /** MultiSafepay's notifications cannot be worked on. */
        NOTIFICATIONS_HELD(Effect.TROUBLE, "MultiSafepay's notifications cannot be worked on, most often because Kafka does not take status"
            + " changes or their topic cannot be read; MultiSafepay sends them again for 45 minutes"),
        /** A file with a secret is of no use any more; what was read of it before is used on. */
        SECRET_UNREADABLE(Effect.TROUBLE,
            "A file with a key, a password, a token or certificates cannot be read again; the last good one is used"
            + " on"),
        /** The identity provider gives no token. */
        KAFKA_TOKEN_MISSING(Effect.TROUBLE, "The token endpoint gives no token for Kafka; orders flow as long as the last one is good"),
        /** An operator paused consumption. */
        PAUSED(Effect.NONE, "An operator paused consumption"),
        /** The other instances have all partitions. */
        STANDING_BY(Effect.NONE, "No partition is assigned to this instance"),
        /** Orders flow. */
        FLOWING(Effect.NONE, "Nothing is wrong");

        private final Effect effect;
        private final String meaning;

        Name(Effect effect, String meaning) {
            this.effect = effect;
            this.meaning = meaning;
        }

        /** @return what it does to orders */
        public Effect effect() {
            return effect;
        }

        /** @return whether health is DOWN while it lasts */
        public boolean down() {
            return effect != Effect.NONE;
        }

        /** @return what it says, in Markdown, without a full stop */
        public String meaning() {
            return meaning;
        }
    }

    /** @return headline and detail in one line */
    public String inOneLine() {
        return detail.isEmpty() ? headline : headline + ": " + detail;
    }
}
