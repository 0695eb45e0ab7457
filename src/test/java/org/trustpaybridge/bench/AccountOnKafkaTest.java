package org.trustpaybridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.KafkaProbe;

/** A fast program that loses or doubles orders must not look good. */
class AccountOnKafkaTest {
    private static EmbeddedBroker broker;
    private static KafkaProbe kafka;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        kafka = new KafkaProbe(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    @Test
    void lost_orders_second_urls_wrong_urls_strangers_and_second_calls_are_told() throws Exception {
        broker.createTopic("in", 1);
        broker.createTopic("out", 1);
        for (int number = 0; number < 4; number++) {
            kafka.publish("in", Load.orderId(number), "{}");
        }
        kafka.publish("out", Load.orderId(0), pageOf(0));
        kafka.publish("out", Load.orderId(1), pageOf(1));
        kafka.publish("out", Load.orderId(1), pageOf(1));
        kafka.publish("out", Load.orderId(2), pageOf(3));
        kafka.publish("out", "somebody-elses-order", pageOf(3));
        JsonNode counts = new ObjectMapper().readTree("{\"orders_by_calls\":{\"1\":3,\"2\":1}}");

        List<String> faults = Account.of(broker.bootstrapServers(), "in", "out", 4, counts).faults();

        assertThat(faults).containsExactlyInAnyOrder(
            "1 order with a payment URL that is another one's", "1 order that nobody placed",
            "1 order without a payment URL", "1 order with more than one payment URL", "1 order posted 2 times");
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        long[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 100};

        assertThat(Account.percentile(sorted, 0.5)).isEqualTo(5);
        assertThat(Account.percentile(sorted, 0.9)).isEqualTo(9);
        assertThat(Account.percentile(sorted, 0.99)).isEqualTo(100);
        assertThat(Account.percentile(sorted, 1)).isEqualTo(100);
    }

    private static String pageOf(int number) {
        return "{\"payment_url\":\"https://testpayv2.multisafepay.com/connect/" + ProviderStub.session(Load.orderId(number)) + "/\"}";
    }
}
