package org.trustpaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The full run: {@code ./mvnw verify -Pchaos}. */
@Tag("chaos")
class ChaosIT {

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void twenty_thousand_orders_survive_everything_at_once() {
        try (ChaosRun run = new ChaosRun(ChaosSettings.full())) {
            Judgement judgement = run.judged();

            System.out.println(judgement.table());
            assertThat(judgement.violations()).isEmpty();
        }
    }
}
