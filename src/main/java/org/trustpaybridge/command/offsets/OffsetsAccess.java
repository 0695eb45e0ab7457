package org.trustpaybridge.command.offsets;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.kafka.KafkaClients;
import org.trustpaybridge.kafka.KafkaFailure;
import org.trustpaybridge.kafka.StartPreview;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/**
 * The partitions of the inbound topic, for one command.
 *
 * @param admin      asks, and writes acknowledgements
 * @param group      consumer group of the bridge
 * @param topic      the inbound topic
 * @param partitions by number
 */
record OffsetsAccess(Admin admin, String group, String topic, List<StartPreview.Partition> partitions) {

    /** What a command does with them. */
    interface Action {

        int with(OffsetsAccess access) throws ExecutionException, InterruptedException;
    }

    /**
     * @throws CommandFailedException when Kafka refuses or does not answer, in words
     */
    static int with(ConfigOption config, Action action) {
        Settings settings = config.loadWithoutApiKey();
        String brokers = settings.text(Setting.KAFKA_BROKERS);
        String group = settings.text(Setting.KAFKA_GROUP_ID);
        String topic = settings.text(Setting.TOPIC_ORDER_CREATED);
        try (KafkaClients clients = new KafkaClients(settings.properties()); Admin admin = clients.admin();
             StartPreview preview = new StartPreview(admin, clients,
                 StartFrom.parse(settings.text(Setting.KAFKA_START_FROM)).orElse(StartFrom.UNSAID), settings.delivery().ledgerRetention(),
                 Clock.systemUTC())) {
            List<StartPreview.Partition> partitions = preview.partitions(group, topic, settings.text(Setting.TOPIC_PAYMENT_URL_CREATED),
                settings.text(Setting.TOPIC_DEAD_LETTER));
            return action.with(new OffsetsAccess(admin, group, topic, partitions));
        } catch (InvalidConfigurationException refused) {
            throw new CommandFailedException(refused.getMessage());
        } catch (KafkaException | ExecutionException e) {
            throw new CommandFailedException(KafkaFailure.inWords(e, brokers));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted");
        }
    }
}
