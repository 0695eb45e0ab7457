package org.trustpaybridge.log;

import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the bridge logs at INFO and above: the one catalogue of its events. {@code docs/log-events.md} is generated from it.
 *
 * <p>To add an event, add a constant with the next number of its hundred, log it with {@link #on(Logger)}, and run
 * {@code LogEventsTest} with {@code -Ddocs.update=true}. A code is for ever: operators search and alert by it. Sentences may be
 * improved. An event that is given up leaves its code in {@link #RETIRED}.
 */
public enum LogEvent {

    /** Logged once a process. */
    BRIDGE_STARTS("TPB0001", Level.INFO, "The bridge starts",
        "The settings are right and the routes were found. The line says which version works on what.",
        "Nothing."),
    MANAGEMENT_OPEN("TPB0002", Level.WARN, "The management port can be reached from other machines and asks for no token",
        "`management.host` is not a loopback address, and neither `management.token` nor `management.token-file` is set. Whoever reaches "
            + "the port sees order ids, numbers and metrics; nobody can change anything there.",
        "Keep the port inside a network that you trust, or [set a token](operate.md#a-token-for-the-management-port)."),
    TRACES_GO_NOWHERE("TPB0003", Level.WARN, "Tracing is switched on, but nobody takes spans",
        "`tracing.enabled` is true, and OpenTelemetry's Java agent is not there. Orders flow all the same.",
        "Start the bridge with the agent, see [traces](operate.md#traces), or set `tracing.enabled=false`."),
    BRIDGE_ENDS("TPB0004", Level.ERROR, "The bridge ends with exit code 1: {}",
        "Something that it cannot do without is gone or stands still, or there is no memory left. Nothing is lost: what was in flight is "
            + "read again, as after a kill.",
        "Have a service manager start it again, as the shipped files do. If it repeats: for memory, see [what takes "
            + "it](runbook.md#trustpaybridgeheapfull); otherwise report it with the lines before this one."),
    STOP_CUT("TPB0005", Level.WARN, "The stop took too long and is cut short",
        "Something did not end within the time that a stop may take. The exit code is 1. What was in flight is read again.",
        "If it repeats, report it with the lines before this one."),
    UNCAUGHT("TPB0006", Level.ERROR, "Nobody caught a failure in this thread",
        "Most often a defect of a library. The thread has ended, or what it was doing. If orders need it, TPB0004 follows.",
        "Report it if it repeats."),
    VISITORS_CUT("TPB0007", Level.WARN, "Connections to a port of the bridge were closed",
        "`port` is `management` or `notifications`. They brought no whole request in time, did not take their answer, or were too many at"
            + " a time. `connections` counts them since the start. Said"
            + " at most once a minute; a single one may be a browser that left its connection open.",
        "If there are many, look at who reaches the port, and keep it inside a network that you trust."),
    NAME_MISSPELT("TPB0008", Level.WARN, "The environment has a name that looks like a setting and is none",
        "`variable` names an environment variable or a system property that nothing reads, `meant` the one that was probably meant: that "
            + "setting keeps another value than somebody believes. Variables that Kubernetes and Docker set for services are left alone.",
        "Rename or remove it. `check` says the same, and `check --settings` which values hold and where they come from."),
    SECRET_CHANGED("TPB0009", Level.INFO, "A secret has changed; the new one is used from now on",
        "The file of the setting that `setting` names has other bytes than before, and what is in it can be used. Connections that are"
            + " open stay as they are; new ones, and every call to MultiSafepay, use the new one. No restart is needed.",
        "Nothing, if you changed it. Otherwise look at who did."),
    SECRET_UNREADABLE("TPB0010", Level.ERROR, "A secret cannot be read again; the last good one is used on",
        "The file of the setting that `setting` names is missing, empty, or not what is expected; `cause` says which. Orders flow as long"
            + " as the old secret is good. Health is DOWN meanwhile, since a restart would fail.",
        "Put the file right. It is looked at every two seconds, and nothing needs a restart."),
    SECRET_READABLE("TPB0011", Level.INFO, "A secret can be read again, and is the one in use",
        "What TPB0010 said is over.",
        "Nothing."),

    PAYMENT_URL_PUBLISHED("TPB0101", Level.INFO, "Payment URL published",
        "Kafka acknowledged the payment URL of an order.",
        "Nothing."),
    DEAD_LETTER_PUBLISHED("TPB0102", Level.INFO, "Dead letter published",
        "Kafka acknowledged the dead letter of an event that could not become a payment; `code` says why.",
        "See [what to do about each code](dead-letters.md#codes)."),
    REPEAT_SKIPPED("TPB0103", Level.INFO, "Repeat skipped, the payment URL was published before",
        "The ledger knows the order, so it was not posted again.",
        "Nothing. If there are many while no partition moved and no process died, look at who writes events twice."),
    ORDER_SENT_CHANGED("TPB0104", Level.WARN, "The order is sent with a change: {}",
        "The description was cleaned or cut to what MultiSafepay takes.",
        "Have the shop write descriptions that fit, or refuse them with `order.description-policy=reject`."),
    ORDER_SENT_DOUBTED("TPB0105", Level.WARN, "The order is sent with a doubt, which is not repeated for others: {}",
        "A member of the event is allowed but unwise, such as a notification URL that is not plain https. Said once per member.",
        "Have the shop change the member that `field` names, or set a better default."),
    ORDER_TRIED_AGAIN("TPB0106", Level.WARN, "The order is tried again",
        "MultiSafepay failed, refused the account or was unclear; `reason` says how. DEBUG while calls are held back.",
        "Nothing for single ones. An order that goes on failing while others succeed ends as a dead letter `GAVE_UP`."),
    STEP_FAILED("TPB0107", Level.ERROR, "A step failed; the record is kept and passed through again",
        "A step of a route threw something, or the topic refuses this one record. The order is not posted again for it. Said at most every"
            + " 15 seconds for each cause; `left_out` counts the others. Health names the records while it goes on.",
        "Read `cause`. If it is a step of yours, mend it and restart; if a topic's policy refuses the record, change that."),
    NO_VERDICT("TPB0108", Level.ERROR, "A pass ended without a verdict; the record is kept and passed through again",
        "A defect of a route or of the program. Nothing is lost, and the record comes again until the defect is gone.",
        "Undo the last change to `routes/`. With the shipped routes, report it with the lines around this one."),
    DEAD_LETTER_REPEAT_SKIPPED("TPB0109", Level.INFO, "Repeat skipped, the dead letter of this record was published before",
        "A record was read again, after a crash or a lost acknowledgement, and its dead letter is on the topic already.",
        "Nothing. To have the event processed once more, replay its dead letter."),
    PUBLISHED_LATE("TPB0110", Level.WARN, "A record came too late for its topic; it is checked once more and published again",
        "The topic's `message.timestamp.before.max.ms` did its work: Kafka was away for longer, or the process stood still. The record "
            + "itself came too late, or one that was sent together with it. Nothing is lost, and the order is not posted again.",
        "Nothing, after a restart of brokers. If it goes on, the clocks of bridge and brokers are too far apart: put them right."),
    PUBLISHED_SMALLER("TPB0111", Level.WARN, "A record is larger than its topic takes; it is published in a smaller form",
        "A dead letter then has the beginning of its event only, and its header `bridge-trimmed` says where the whole of it is. A payment"
            + " URL goes without the headers that were taken over from the event. Nothing waits for it.",
        "To keep such events whole, raise `max.message.bytes` of the dead-letter topic, see [trimmed](dead-letters.md#trimmed)."),
    ORDER_SENT_REPAIRED("TPB0112", Level.INFO, "The order is sent with members repaired or left out",
        "Optional members broke their rules, or the locale had another spelling. `repairs` says which and what was done, such as "
            + "`customer.state=cut`; [the table](events.md#what-is-repaired) has the words. `customer.locale=likely-region`: the event "
            + "names a language only, and the country was added.",
        "Nothing. To send what the customer wrote, have the shop keep the limits; to refuse such orders, set "
            + "`order.optional-fields=reject`."),

    EVENT_SKIPPED("TPB0113", Level.INFO, "Event skipped, the mapping says that it is not for TrustPay",
        "The program of `order.mapping` gave no result for the event, as one does for orders that are paid otherwise.",
        "Nothing. If orders for TrustPay are among them, look at what in the program comes to `empty`, with "
            + "[`map --from-topic`](commands.md#map)."),
    RECORD_TOO_LARGE("TPB0114", Level.WARN, "A record is larger than this instance can hold; its dead letter has the beginning of it",
        "It was looked at as it went by, also if it is small while it is packed. `bytes` is its size where that can be told, `letter` the "
            + "place of its dead letter, which says where the record lies. No order is as large, and none waits for it.",
        "Look at who publishes it. To have it whole in its dead letter, or replayed, it takes 64 times as much heap (`-Xmx`), see "
            + "[memory](reliability.md#memory)."),
    ORIGINAL_GONE("TPB0115", Level.WARN,
        "The event of a dead letter that was held is gone from its topic; the letter has the beginning of it",
        "The dead-letter topic did not take the letter for so long that Kafka deleted its event meanwhile, and of what is held not all is"
            + " kept in memory."
            + " `bytes` is the size of the event, `letter` the place of its dead letter, which has 1 KiB of it and its SHA-256.",
        "Raise `max.message.bytes` of the dead-letter topic, or see why it took nothing, before events are as old as their topic keeps"
            + " them."),

    PROVIDER_OUTAGE("TPB0201", Level.WARN, "The provider answers nobody: orders wait in Kafka, a few calls probe",
        "Calls fail, and none succeeded since `since`: of five different orders or more for a moment, of fewer for as long as "
            + "`retry.max-delay`. Orders that fail while others succeed do not count. Health is DOWN.",
        "Look at MultiSafepay's status page and at the way there: DNS, proxy, firewall, certificates. Do not restart; orders flow again by "
            + "themselves."),
    ACCOUNT_REFUSED("TPB0202", Level.ERROR,
        "The provider refuses this account: orders wait in Kafka until the API key, the site or the gateway is put right",
        "Orders were refused the account, and so was the question about the account alone (TPB0206), or no order got through; `cause` is "
            + "what was said. Health is DOWN.",
        "Put right the API key (in the file of `multisafepay.api-key-file` without a restart), the site or the gateway in MultiSafepay's"
            + " dashboard. No order is lost meanwhile."),
    PROVIDER_WORKS("TPB0203", Level.INFO, "The provider works again, orders flow",
        "What TPB0201, TPB0202 or TPB0204 said is over.",
        "Nothing."),
    WRONG_BASE_URL("TPB0204", Level.ERROR,
        "What answers at multisafepay.base-url is not MultiSafepay's API: orders wait in Kafka until the address is put right",
        "A redirect (3xx), HTTP 404, 405 or 407 without a code of MultiSafepay's: `cause` says which. Health is DOWN. The account was not "
            + "refused; nobody asked for it.",
        "Put right `multisafepay.base-url` (it ends in `/v1/json`) and restart, or look at the proxy in between; `check` asks the same "
            + "address. No order is lost meanwhile."),
    OUT_OF_STEP("TPB0205", Level.WARN, "A connection to the provider was out of step and was closed",
        "Answers did not belong to the requests they followed: something came before a request (`found=before-request`) or behind an"
            + " answer (`behind-answer`), or"
            + " an answer named another order (`other-order`). What could be somebody else's answer is not believed; the "
            + "order is tried again on a new connection. Said at most once a second.",
        "If it goes on, look at what lies between: a proxy or load balancer that mixes answers up. Tell MultiSafepay, with the time."),
    ACCOUNT_CHECKED("TPB0206", Level.INFO, "The provider was asked about the account alone",
        "`account` is the answer to `GET /gateways/TRUSTPAY`: `ACTIVE` (key and gateway are good, so the order is tried again by itself), "
            + "`KEY_REFUSED`, `ACCOUNT_REFUSED`, `INACTIVE`, or one that tells nothing. Asked when an order was refused the account,"
            + " before others are held, and before TPB0211.",
        "Nothing. An order that is refused alone ends as a dead letter that says so."),
    MANY_FAIL_ALONE("TPB0207", Level.WARN,
        "Orders keep failing although the provider takes orders; they are tried again, apart from the others",
        "Five or more of them for longer than `retry.max-delay`. `cause` is the most common one, `record` the first of them. Said once "
            + "until they are fewer. Each is given up after `retry.give-up-after`. Health is DOWN.",
        "Look for what these orders have in common: a text, a product, a publisher, an amount. `dead-letters list` shows those given up."),
    NOBODY_WAITS("TPB0208", Level.INFO, "No failing order is left here; how the provider is will show with the next one",
        "What TPB0201, TPB0202 or TPB0204 said is over here, because the orders moved to another instance or were finished otherwise.",
        "Nothing."),
    WAITING_FULL("TPB0209", Level.ERROR, "So many orders wait here that no more are fetched",
        "10,000 orders fail, or wait behind one of their order id, or those that fail take 32 MiB. Said when it begins; health is DOWN.",
        "See why they fail (TPB0106). What is given up after `retry.give-up-after` makes room, and can be replayed."),
    PARTITION_HELD_UP("TPB0210", Level.ERROR, "A partition is not read on, since an order far back is not finished",
        "A million offsets lie between the oldest unfinished order of `partition` and the newest one that was read: more would have to be"
            + " read again after a crash than is wise. Said when it begins; health is DOWN.",
        "See why that order is not finished (TPB0106, TPB0107). A shorter `retry.give-up-after` keeps orders from waiting for so long."),
    POSTS_CHECKED("TPB0211", Level.INFO, "All orders here fail, and the provider was sent one that it has to refuse",
        "That order has no id, no amount and no customer, so that it can become nothing. `refused` is `AS_IT_SHOULD` if the provider said"
            + " so with HTTP 4xx"
            + " and a code of its own: it looks at orders. Anything else proves nothing. At most once in `retry.max-delay`, and only "
            + "while key and gateway are good by TPB0206.",
        "Nothing. See [bad orders behind good ones](reliability.md#bad-orders-behind-the-last-good-one)."),
    ORDERS_ARE_BAD("TPB0212", Level.WARN, "The provider takes orders, so those that fail here are to blame themselves",
        "What TPB0201, TPB0202 or TPB0204 said is over: the provider refused what it has to refuse (TPB0211), and for twice"
            + " `retry.max-delay` no order"
            + " failed that had not failed before. `orders` are tried apart from now on, and given up after `retry.give-up-after` since "
            + "the last time that a new one failed. One more that fails at its first call begins all anew.",
        "See what these orders have in common, as for TPB0207. `dead-letters list` shows those given up."),

    KAFKA_AWAITED("TPB0301", Level.WARN, "Waiting for Kafka: {}",
        "A broker, its name, the inbound topic or a right is missing, or no heartbeat can be sent. Said every 15 seconds; health is DOWN.",
        "See what the sentence says is missing. No restart is needed."),
    KAFKA_REACHED("TPB0302", Level.INFO, "Kafka is there",
        "What TPB0301 said at the start is over.",
        "Nothing."),
    KAFKA_BACK("TPB0303", Level.INFO, "Kafka is there again",
        "What TPB0301 said during operation is over.",
        "Nothing."),
    COMMIT_DEFERRED("TPB0304", Level.WARN, "Offsets could not be committed, they go with the next commit",
        "Kafka did not take a commit. Said at most every 15 seconds; nothing is lost.",
        "If it goes on, look at the brokers and at the rights of the group."),
    GIVEN_AWAY_UNFINISHED("TPB0305", Level.WARN, "Orders were still in flight when their partitions had to be given away",
        "At a rebalance or a stop, running orders took longer than a call may take. The next member reads them again.",
        "If it repeats, look at how long calls take, and at what the service manager allows for a stop."),
    LAST_COMMIT_FAILED("TPB0306", Level.WARN, "Finished offsets could not be committed; their records will be read again",
        "At a rebalance or a stop, Kafka did not take the last commit. The ledger keeps the orders from being posted again.",
        "Nothing, unless it repeats: then look at the brokers."),
    PARTITIONS_LOST("TPB0307", Level.WARN, "Partitions were lost without notice; another member may have them",
        "The group gave this member up, because its heartbeats did not arrive. What is unfinished is left to the next member.",
        "Look for a pause of the process (memory, CPU limits, a suspended machine) or of the network."),
    LAG_REFUSED("TPB0308", Level.WARN, "Kafka does not tell how far partitions are behind; the metrics of the lag are left out",
        "The bridge may not ask for the offsets of the group or of the inbound topic. Said once; orders flow all the same.",
        "Grant the right to describe the group and the inbound topic, or do without `trustpay_bridge_partition_lag_records`."),
    POLL_FAILED("TPB0309", Level.ERROR, "Reading orders failed; what can be read of it is read",
        "Kafka answered, and yet its client failed. Where partitions are named, each of them is read by itself, a record at a time, until "
            + "the failure is passed or its record known (TPB0310). `all` means that the client is made anew, after a wait. Said at most"
            + " every 15 seconds.",
        "Nothing for a single one. If it goes on, read `cause`."),
    RECORD_UNREADABLE("TPB0310", Level.ERROR, "A record cannot be read; its partition waits, the others go on",
        "Its codec cannot be loaded, or its batch is corrupt; `cause` says which. It is tried again with growing waits. Said when it "
            + "begins, when the cause changes, and every 5 minutes. Health is DOWN.",
        "For a codec, `check` says what to set. For a corrupt batch, have the brokers put the replica right. If it cannot be saved, pass"
            + " over it: stop all bridges, and [set the group's offset](operate.md#a-record-that-cannot-be-read) behind the record."),
    RECORD_READABLE("TPB0311", Level.INFO, "The record can be read now, its partition goes on",
        "What TPB0310 said is over.",
        "Nothing."),
    POLL_INTERRUPTED("TPB0312", Level.WARN, "The polling thread was interrupted and goes on",
        "Somebody interrupted it from inside the process, such as an agent.",
        "Find out who, if it repeats."),
    TRANSACTION_OPEN("TPB0313", Level.WARN, "A transaction of another program stays open; what is behind it waits for its end",
        "A program that writes in transactions left one open for more than a minute. Orders that were published on `partition` from"
            + " `offset` on cannot"
            + " be read before it ends; on an outgoing topic, those who read committed records do not get what is behind it. "
            + "Health is DOWN. Said once for each transaction.",
        "See whether that program lives and will end it. If not, [abort the transaction](runbook.md#trustpaybridgeopentransaction)."),
    TRANSACTION_ENDED("TPB0314", Level.INFO, "The transaction that was open has ended",
        "What TPB0313 said is over: the transaction was committed or aborted.",
        "Nothing."),
    GROUP_CONFLICT("TPB0315", Level.ERROR, "The consumer group does not take this instance: {}",
        "Two instances have one `group.instance.id`, and the one whose place was taken says so and waits until the other has left; or"
            + " another program uses the group, it is full, or the brokers do not allow the session. Health is DOWN. Said when it begins.",
        "Give each instance a `camel.component.kafka.group-instance-id` of its own, or none; give the bridge a group of its own."),
    GROUP_JOINED("TPB0316", Level.INFO, "The consumer group takes this instance again",
        "What TPB0315 said is over.",
        "Nothing."),
    KAFKA_CLIENT_RENEWED("TPB0317", Level.WARN, "A client of Kafka cannot go on and is made anew",
        "`client` is the consumer or one of the producers. None of the brokers that it knows answers though Kafka can be reached at "
            + "`kafka.brokers`, its thread has ended, or it is in a state that it never leaves; `cause` says which. What it was about to"
            + " publish is looked for on its topic, and published again if it is not there. Said at most every 15 seconds.",
        "Nothing for a single one. If it goes on, read `cause`: a right may be missing."),
    MEMBERSHIP_UNCONFIRMED("TPB0318", Level.WARN, "The consumer group does not confirm that this instance has its partitions; orders wait",
        "No heartbeat was answered in time for half a minute, so that another member might have the partitions, and nothing may be"
            + " published. The coordinator is slow, or the group waits for a member that does not come. Health is DOWN.",
        "Look at the broker that coordinates the group, and who is in it (`kafka-consumer-groups.sh --describe --members`)."),
    MEMBERSHIP_CONFIRMED("TPB0319", Level.INFO, "The consumer group confirms again that this instance has its partitions",
        "What TPB0318 said is over.",
        "Nothing."),
    LONG_LOOK("TPB0320", Level.WARN, "A batch is unpacked for long; its partition waits, the others go on",
        "It may have records that are too large to be held, and is looked through piece by piece, which takes about a second for each 500"
            + " MB that it"
            + " becomes. `offset` is its first one. Said once a batch, after 10 seconds; TPB0114 or the next orders follow. Health"
            + " is DOWN meanwhile (`LONG_LOOK`).",
        "Nothing, unless it repeats: then look at who publishes it."),
    SCREEN_MISSING("TPB0321", Level.ERROR, "Records cannot be measured before they are unpacked; orders are read all the same",
        "Java did not let the bridge get between Kafka's client and the network, or the client is another version; `cause` says which. A"
            + " record that is larger than the memory would end the process. Said once; health is DOWN meanwhile (`RECORDS_UNSCREENED`).",
        "Start the bridge as `java -jar`, whose manifest asks for it, or give Java the option"
            + " `--enable-final-field-mutation=ALL-UNNAMED`."),
    KAFKA_TOKEN_MISSING("TPB0322", Level.ERROR, "No token for Kafka can be had: {}",
        "Clients log in with a token of an identity provider (OAUTHBEARER), and its endpoint gives none; the sentence says why. Orders"
            + " flow as long as"
            + " the last token is good, and wait in Kafka after that, or from the start. It is asked again every few seconds. Said when it "
            + "begins and when the reason changes; health is DOWN meanwhile (`KAFKA_TOKEN_MISSING`).",
        "See what the sentence says. No restart is needed, unless the login's own settings are wrong."),
    KAFKA_TOKEN_BACK("TPB0323", Level.INFO, "There is a token for Kafka again",
        "What TPB0322 said is over.",
        "Nothing."),

    LEDGER_READ("TPB0401", Level.INFO, "The ledger of published orders is read",
        "Orders are worked on from here on. The line says how many are remembered, and how long reading took.",
        "Nothing."),
    LEDGER_UNREADABLE("TPB0402", Level.WARN, "The ledger of published orders cannot be read; partitions assigned meanwhile wait for it",
        "Kafka or the outbound topic is not there, or may not be read. Said at most every 15 seconds.",
        "Create the outbound topic, or grant the right to read it. No restart is needed."),
    LEDGER_RECORD_STRANGE("TPB0403", Level.WARN, "A record of the outbound topic is no published order and is passed over",
        "Somebody else writes to the outbound topic.",
        "Find out who, and give the bridge an outbound topic of its own."),
    DEAD_LETTERS_READ("TPB0404", Level.INFO, "The newest dead letters are read",
        "Records whose dead letter is on the topic are known from here on. The line says how many, and how long reading took.",
        "Nothing."),
    DEAD_LETTERS_UNREADABLE("TPB0405", Level.WARN, "The newest dead letters cannot be read; partitions assigned meanwhile wait for them",
        "Kafka does not answer. Said at most every 15 seconds.",
        "Look at the brokers. No restart is needed."),
    DEAD_LETTERS_UNKNOWN("TPB0406", Level.WARN,
        "The dead-letter topic is not there or may not be read; orders flow, but after a crash a dead letter may come twice",
        "Without it the bridge cannot know which records were dead-lettered already. Said at most every 15 minutes.",
        "Create the dead-letter topic, or grant the right to read it. No restart is needed."),

    PAUSED("TPB0501", Level.WARN, "Consumption was paused through JMX",
        "Somebody called `pauseConsumption()`. Orders in flight go on, the others wait in Kafka.",
        "Call `resumeConsumption()` when the reason is gone."),
    RESUMED("TPB0502", Level.INFO, "Consumption was resumed through JMX",
        "Somebody called `resumeConsumption()`.",
        "Nothing."),
    RETRIED_NOW("TPB0503", Level.INFO, "Waiting orders are tried now, as asked for through JMX",
        "Somebody called `retryNow()`.",
        "Nothing."),

    POSITION_BEGUN("TPB0601", Level.INFO, "Orders are read from here on",
        "Where nothing was committed, or what was committed cannot be trusted. `partitions` says from which offsets, `why` what was found,"
            + " and `in_doubt` how many offsets may have been done before: their orders are held against both topics one by one.",
        "Nothing. If it was not a first start, look why offsets were lost or moved, see [where to read"
            + " from](reliability.md#where-to-read-from)."),
    DOUBT_RESOLVED("TPB0602", Level.INFO, "Every order that may have been done before was looked up",
        "What TPB0601 and the like called in doubt is finished: so many had been done before and were skipped, and so many were new.",
        "Nothing."),
    START_UNKNOWN("TPB0603", Level.ERROR,
        "It cannot be proven which orders are new: nothing is read of these partitions until you say where to "
        + "begin, with kafka.start-from=earliest, now or a time",
        "Nothing trustworthy is committed, and the outbound and the dead-letter topic do not say of all orders whether they were done;"
            + " `why` says what is missing. Posting them could make second payment pages. Said once; health is DOWN.",
        "See [what the words mean](runbook.md#trustpaybridgestartunknown)."),
    STARTED_AS_TOLD("TPB0604", Level.WARN, "Nothing is committed, and kafka.start-from says where to begin",
        "`partitions` says from which offsets; what lies before them is never read.",
        "Take `kafka.start-from` away again: it would decide once more if offsets were ever lost."),
    TOPIC_CREATED_ANEW("TPB0605", Level.WARN, "The inbound topic was created anew: it is read from its beginning",
        "The topic has another id than that of the committed offsets. `dropped` counts orders of the old one that were fetched and not"
            + " finished.",
        "If nobody meant to, look who deletes topics. Orders that were unread on the old topic are gone: TPB0607 says how many there were"
            + " when it was last seen, where a bridge ran."),
    TOPIC_CUT_BACK("TPB0606", Level.ERROR, "The inbound topic ends before what was read of it, or was written anew from there on",
        "Brokers lost records that they had acknowledged (unclean leader election), or offsets were put beyond the end. Reading goes on"
            + " before the first offset that may be new; what was done before is skipped.",
        "Look at the brokers: `unclean.leader.election.enable`, `min.insync.replicas`. Publishers may have to send orders again."),
    DELETED_UNREAD("TPB0607", Level.ERROR, "Kafka deleted orders before they were read",
        "By retention, or because somebody deleted records, or the topic: then TPB0605 follows. `at_most` counts the offsets that were not"
            + " read; some may have held no order. Health is DOWN until it is acknowledged, unless they went with their topic.",
        "See [the runbook](runbook.md#trustpaybridgeordersdeletedunread)."),
    DELETED_ACKNOWLEDGED("TPB0608", Level.INFO, "Somebody acknowledged that orders were deleted before they were read",
        "With `offsets acknowledge-deleted` or through JMX. What TPB0607 said is over.",
        "Nothing."),
    ACKNOWLEDGEMENTS_REFUSED("TPB0609", Level.WARN, "It may not be asked whether somebody acknowledged that orders were deleted unread",
        "The bridge may not describe the group beside its own in which that is noted. Said once.",
        "Grant READ on that group, or acknowledge through JMX."),
    POSITION_UNDECIDED("TPB0610", Level.WARN, "Where to read from cannot be found out yet; partitions wait for it",
        "Kafka does not answer, or refuses to: said at most every 15 seconds. Or a record that says what was done cannot be read, which"
            + " `cause` names: said at most every 5 minutes. Only partitions whose orders it may concern wait.",
        "Read `cause`. The bridge needs the right to describe the group and all three topics, and to read them. For a record, do as for"
            + " TPB0310."),
    PASSED_OVER("TPB0611", Level.ERROR, "Another program committed offsets of this group: the orders before them are read by no bridge",
        "It has the same `group.id`, and read the inbound topic while no bridge could. `offset` says of which partitions the orders from"
            + " where to where were passed over, `at_most` how many. Said at most once a minute; health is DOWN until it is acknowledged.",
        "See [the runbook](runbook.md#trustpaybridgeorderspassedover)."),
    OFFSETS_OF_OTHERS("TPB0612", Level.WARN, "Somebody else committed offsets of this group; orders are read from there on",
        "An operator put them back or forward, as `kafka-consumer-groups.sh` does, or another program had the group while no bridge was in"
            + " it. `partitions` says from which offsets orders are read; what lies before is not read. `in_doubt` as in TPB0601.",
        "Nothing if you did it. Otherwise find that program, and [put the offsets back](runbook.md#trustpaybridgeorderspassedover): what"
            + " was done already is skipped."),

    PAYMENT_URLS_HELD("TPB0701", Level.ERROR, "Payment URLs cannot be published: they wait, and no order is posted",
        "Kafka does not take what is published on the outbound topic; `cause` says why, `held` how many records wait. One record at a time "
            + "tries again. Said once a minute; health is DOWN. Dead letters are published all the same.",
        "Create the topic, grant the right to write to it, or look at its partitions: each needs a leader and `min.insync.replicas`. All"
            + " goes on by itself, and nothing is posted twice for it."),
    DEAD_LETTERS_HELD("TPB0702", Level.ERROR, "Dead letters cannot be published: they wait, payment URLs are published",
        "As TPB0701, for the dead-letter topic.",
        "As for TPB0701."),
    PUBLISHED_AGAIN("TPB0703", Level.INFO, "The topic takes records again",
        "What TPB0701, TPB0702 or TPB0705 said is over.",
        "Nothing."),
    NOT_ACKNOWLEDGED("TPB0704", Level.WARN,
        "Kafka did not acknowledge a record; it is looked for on its topic, and published again if it is "
        + "not there",
        "The brokers are slow, a quota holds this client back, replicas are missing, or the connection broke. Said at most every 15"
            + " seconds; `left_out` counts the others. The order is not posted again.",
        "Nothing, after a restart of brokers. If it goes on, see [slow brokers](reliability.md#slow-brokers)."),
    TOO_LARGE_HELD("TPB0705", Level.ERROR, "A dead letter is larger than its topic takes; it is held, others flow",
        "`dead-letter.oversize` is `hold`. One letter at a time tries again. Said once a minute; health is DOWN and names the records.",
        "Raise `max.message.bytes` of the dead-letter topic, or set `dead-letter.oversize=trim`."),

    REGISTRY_AWAY("TPB0801", Level.ERROR, "A schema cannot be fetched; the records that need it are held, others flow",
        "`cause` says what is the matter with the schema registry, `held` how many records wait. It is asked again after at most "
            + "`retry.max-delay`. Said once a minute; health is DOWN while records wait. Nothing is dead-lettered for it.",
        "See [the runbook](runbook.md#trustpaybridgeschemaregistryaway). All goes on by itself."),
    REGISTRY_ANSWERS("TPB0802", Level.INFO, "The schema registry answers again",
        "What TPB0801 said is over.",
        "Nothing."),

    STATUS_PUBLISHED("TPB0901", Level.INFO, "Payment status published",
        "MultiSafepay told that the payment of an order has changed, and Kafka acknowledged the event. `source` says how it was told.",
        "Nothing. `status_known=false`: a status that this version does not know; say so to its maintainers."),
    NOTIFICATION_OLD("TPB0902", Level.INFO, "A notification was overtaken by another one, and is not published",
        "It says what was so before, such as `initialized` after `completed`: see [which status may follow"
            + " which](payment-status.md#which-status-may-follow-which). It is acknowledged.",
        "Nothing. If MultiSafepay's dashboard shows the order in that status, tell the maintainers of the bridge."),
    NOTIFICATION_REFUSED("TPB0903", Level.WARN, "A notification was refused: its signature is missing or not right",
        "`reason` is `missing`, `malformed`, `wrong` (another key, or another body) or `out-of-time` (the signature is right; a clock is"
            + " wrong, or somebody plays"
            + " an old one again). Nothing is published for it. Said at most every 15 seconds for each reason; `left_out`"
            + " counts the others.",
        "For single ones nothing: whoever reaches the port can send anything. If all are refused, see "
            + "[the runbook](runbook.md#trustpaybridgenotificationsrefused)."),
    NOTIFICATION_NOT_UNDERSTOOD("TPB0904", Level.WARN, "A notification is signed by MultiSafepay, and cannot be understood: {}",
        "It has no status or no order id that can be one. It is answered 400, and MultiSafepay sends it three times more.",
        "Look the order up in MultiSafepay's dashboard by the time of this line, and tell the maintainers of the bridge."),
    NOTIFICATIONS_HELD("TPB0905", Level.ERROR, "Notifications cannot be worked on; MultiSafepay is told to send them again",
        "Kafka does not take status changes, or it is not known in time which were published before; `cause` says which. Nothing is "
            + "published. Each is answered 503; MultiSafepay sends it three times more, 15 minutes apart. Said once a minute; health is"
            + " DOWN until one is published, or, where it was only not known in time, for 20 minutes.",
        "See [the runbook](runbook.md#trustpaybridgenotificationsheld), within 45 minutes."),
    NOTIFICATIONS_FLOW("TPB0906", Level.INFO, "Notifications are worked on again",
        "What TPB0905 said is over.",
        "Nothing. What MultiSafepay sent more than 45 minutes before may be lost to the bridge: its dashboard has it."),
    STATUSES_READ("TPB0907", Level.INFO, "The status changes published before are known",
        "Their topic was read to its end. Notifications that came before had to be sent again.",
        "Nothing."),
    STATUSES_UNREADABLE("TPB0908", Level.ERROR, "Status changes cannot be read, so none is published",
        "`cause` says why the topic cannot be read: most often it is not there, or may not be read. Said every 15 seconds while it lasts.",
        "Create `topic.payment-status-changed`, or grant the right to read it; `topics` and `check` say how. All goes on by itself."),
    STATUS_RECORD_STRANGE("TPB0909", Level.WARN, "A record on the topic of status changes is none of the bridge's; it is passed over",
        "`record` says where it is.",
        "Find who writes to that topic. Only the bridge should."),
    LOOK_UPS_LIMITED("TPB0910", Level.WARN, "Hints that an order has news come faster than MultiSafepay is asked; some are answered 503",
        "GET notifications are not signed, and anybody can send them, so few are looked up at once. Said at most every 15 seconds;"
            + " `left_out` counts the others.",
        "If the shop's orders are created by the bridge, MultiSafepay sends signed notifications: look at who sends these."),
    NOTIFICATIONS_OPEN("TPB0911", Level.INFO, "Notifications are received",
        "Said once, with address and path.",
        "Nothing. See that MultiSafepay reaches it at `notifications.public-url`."),
    LOOK_UP_FAILED("TPB0912", Level.WARN, "MultiSafepay did not say how an order stands that somebody hinted at; the hint is answered 503",
        "`cause` says why. A hint (`GET`) is not signed, so its fate says nothing of health. Said at most every 15 seconds; `left_out`"
            + " counts the others.",
        "See whether orders flow. If so, something between may refuse what is asked: look at the answer by `curl`."),
    LOOK_UP_NOT_UNDERSTOOD("TPB0913", Level.WARN, "MultiSafepay says of an order what cannot be understood: {}",
        "Somebody hinted at the order, MultiSafepay knows it, and its status is no word. Nothing is published; the hint is answered 200.",
        "Look the order up in MultiSafepay's dashboard, and tell the maintainers of the bridge.");

    /** Codes of events that are no more; never given to another event. */
    public static final Set<String> RETIRED = Set.of();

    /** The key under which the code stands in a line. */
    public static final String KEY = "event";

    private final String code;
    private final Level level;
    private final String sentence;
    private final String meaning;
    private final String action;

    LogEvent(String code, Level level, String sentence, String meaning, String action) {
        this.code = code;
        this.level = level;
        this.sentence = sentence;
        this.meaning = meaning;
        this.action = action;
    }

    /**
     * Begins the line of this event. Add its key-value pairs, the arguments of its sentence if it has any, and end it with
     * {@link LoggingEventBuilder#log()}, without a message.
     *
     * @param logger of the class that logs
     * @return a line with level, sentence and code
     */
    public LoggingEventBuilder on(Logger logger) {
        return begin(logger, level);
    }

    /**
     * As {@link #on(Logger)}, for an event that is not always worth a line.
     *
     * @param logger of the class that logs
     * @param loud   whether it is worth one now; it is logged at DEBUG otherwise
     * @return a line with level, sentence and code
     */
    public LoggingEventBuilder on(Logger logger, boolean loud) {
        return begin(logger, loud ? level : Level.DEBUG);
    }

    private LoggingEventBuilder begin(Logger logger, Level at) {
        return logger.atLevel(at).setMessage(sentence).addKeyValue(KEY, code);
    }

    /** @return {@code TPB} and four digits, of which the first two are the group */
    public String code() {
        return code;
    }

    /** @return the level at which it is logged, unless it is not worth a line */
    public Level level() {
        return level;
    }

    /** @return the message; {@code {}} stands for what changes from line to line */
    public String sentence() {
        return sentence;
    }

    /** @return when it is logged, in Markdown */
    public String meaning() {
        return meaning;
    }

    /** @return what an operator does about it, in Markdown */
    public String action() {
        return action;
    }
}
