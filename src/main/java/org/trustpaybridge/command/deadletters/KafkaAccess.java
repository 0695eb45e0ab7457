package org.trustpaybridge.command.deadletters;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Function;

import org.apache.kafka.common.KafkaException;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.deadletters.DeadLetter;
import org.trustpaybridge.deadletters.StoredRecord;
import org.trustpaybridge.deadletters.replay.ReplayRefusedException;
import org.trustpaybridge.deadletters.replay.ReplayTopics;
import org.trustpaybridge.deadletters.replay.StopRequest;
import org.trustpaybridge.deadletters.replay.TopicScan;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.KafkaFailure;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/** The way of a command to Kafka. */
final class KafkaAccess {

    private final KafkaClients clients;
    private final ReplayTopics topics;
    private final ProgressLine progress;
    private final StopRequest stop;
    private final Duration session;
    private final KnownSecrets secrets;

    private KafkaAccess(KafkaClients clients, ReplayTopics topics, ProgressLine progress, StopRequest stop, Settings settings) {
        this.clients = clients;
        this.session = settings.budget().session();
        this.topics = topics;
        this.progress = progress;
        this.stop = stop;
        this.secrets = settings.knownSecrets();
    }

    /**
     * @param config where the settings come from
     * @param err    standard error, for the progress
     * @param stop   ends the reading early
     * @param work   what to do with Kafka
     * @return what the work returns
     * @throws CommandFailedException in words, when Kafka fails
     */
    static <T> T with(ConfigOption config, PrintWriter err, StopRequest stop, Function<KafkaAccess, T> work) {
        Settings settings = config.loadWithoutApiKey();
        String group = settings.text(Setting.KAFKA_GROUP_ID);
        ReplayTopics topics = new ReplayTopics(settings.text(Setting.TOPIC_DEAD_LETTER), settings.text(Setting.TOPIC_ORDER_CREATED),
            settings.text(Setting.TOPIC_PAYMENT_URL_CREATED), group + ".replay");
        ProgressLine progress = new ProgressLine(err);
        try (KafkaClients clients = new KafkaClients(settings.properties())) {
            return work.apply(new KafkaAccess(clients, topics, progress, stop, settings));
        } catch (KafkaException e) {
            progress.clear();
            throw new CommandFailedException(KafkaFailure.inWords(e, settings.text(Setting.KAFKA_BROKERS)));
        } catch (ReplayRefusedException e) {
            progress.clear();
            throw new CommandFailedException(e.getMessage());
        } finally {
            progress.clear();
        }
    }

    KafkaClients clients() {
        return clients;
    }

    ReplayTopics topics() {
        return topics;
    }

    /** After what time a member of a group that was killed is given up. */
    Duration session() {
        return session;
    }

    ProgressLine progress() {
        return progress;
    }

    /** What a dead letter says, fit to be shown: whoever may write to the topic may have written a secret into it. */
    DeadLetter read(StoredRecord letter) {
        return DeadLetter.read(letter).hiding(secrets::mask);
    }

    TopicScan scan() {
        return new TopicScan(clients::reader, progress, stop);
    }
}
