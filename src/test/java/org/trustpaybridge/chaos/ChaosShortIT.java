package org.trustpaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run in every build; {@link ChaosIT} is the full one. */
class ChaosShortIT {

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void a_thousand_orders_survive_kills_an_outage_and_a_broker_restart() {
        try (ChaosRun run = new ChaosRun(ChaosSettings.brief())) {
            Judgement judgement = run.judged();

            System.out.println(judgement.table());
            assertThat(judgement.violations()).isEmpty();
        }
    }
}
