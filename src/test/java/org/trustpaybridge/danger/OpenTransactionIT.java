package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** Somebody writes to the topics in transactions and dies with one open. Runs with {@code ./mvnw verify -Pchaos} only. */
@Tag("chaos")
class OpenTransactionIT {
    /** A minute, and what passes between two looks. */
    private static final Duration TOLD = Duration.ofSeconds(80);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void transactions_that_stay_open_are_told_until_they_end_and_nothing_is_posted_twice_meanwhile() throws Exception {
        try (ProcessRig rig = new ProcessRig(Path.of("target", "danger"), Map.of())) {
            Danger scene = new Danger(rig, "open-transaction", Map.of());
            BridgeProcess bridge = scene.startBridge().awaitReady();
            try (TransactionalPublisher shop = new TransactionalPublisher(rig.broker().bootstrapServers(), "shop");
                 TransactionalPublisher copy = new TransactionalPublisher(rig.broker().bootstrapServers(), "copy")) {
                for (int partition = 0; partition < Danger.PARTITIONS; partition++) {
                    copy.begin().publish(scene.topics().out(), partition, "not-ours", "{}");
                    copy.abort();
                }
                copy.begin();
                for (int partition = 0; partition < Danger.PARTITIONS; partition++) {
                    copy.publish(scene.topics().out(), partition, "not-ours", "{}");
                }
                copy.die();
                shop.begin().publish(scene.topics().in(), 1, "open", order("open"));
                shop.die();
                rig.kafka().publishTo(scene.topics().in(), 0, "flows", order("flows"));
                rig.kafka().publishTo(scene.topics().in(), 1, "behind", order("behind"));

                Danger.waiting(TOLD).until(() -> Health.of(bridge).contains(scene.topics().out() + "-"));
                assertThat(Health.of(bridge)).contains("DOWN", "stays open", scene.topics().in() + "-1 from offset 0");
                bridge.process().kill();
                BridgeProcess next = scene.startBridge();
                next.awaitReady();
                rig.kafka().publishTo(scene.topics().in(), 0, "flows", order("flows"));
                Danger.waiting(PATIENCE).until(() -> next.process().standardOutput().stream().anyMatch(line -> line.contains("TPB0103")));
                Danger.waiting(TOLD).until(() -> Health.of(next).contains("stays open"));

                shop.comeBack();
                copy.comeBack();

                Danger.waiting(PATIENCE).until(() -> !Health.of(next).contains("DOWN"));
                scene.awaitFinished(List.of("flows", "behind"));
                assertThat(scene.postedTwice()).isZero();
            }
        }
    }

    private static String order(String id) {
        return new String(OrderEvents.order(id, 1000), StandardCharsets.UTF_8);
    }
}
