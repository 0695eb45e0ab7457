package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatientProducerTest {

    private final List<MockProducer<Object, Object>> made = new CopyOnWriteArrayList<>();
    private final List<Exception> outcomes = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Producer<Object, Object> producer = producer();

    static List<RuntimeException> beyondRepair() {
        return List.of(new ProducerFencedException("fenced"), new InvalidProducerEpochException("epoch"),
            new OutOfOrderSequenceException("sequence"), new ClusterAuthorizationException("cluster"),
            new UnsupportedVersionException("version"), new SaslAuthenticationException("password"), new IllegalStateException("closed"),
            new KafkaException("we are in an error state", new ProducerFencedException("fenced")));
    }

    @ParameterizedTest
    @MethodSource("beyondRepair")
    void a_producer_in_a_state_that_it_never_leaves_is_made_anew(RuntimeException failure) {
        // Given
        send();
        made.get(0).errorNext(failure);
        elapse();

        // When
        send();

        // Then
        assertThat(made).hasSize(2);
        assertThat(made.get(1).history()).hasSize(1);
        await().atMost(Duration.ofSeconds(5)).until(() -> made.get(0).closed());
    }

    @Test
    void a_producer_that_throws_as_it_is_closed_is_made_anew() {
        made.get(0).close();
        elapse();
        assertThatThrownBy(this::send).isInstanceOf(IllegalStateException.class);

        send();

        assertThat(made).hasSize(2);
    }

    @Test
    void what_a_broker_refuses_is_no_reason() {
        send();
        made.get(0).errorNext(new TopicAuthorizationException("topic"));
        send();
        made.get(0).errorNext(new TimeoutException("one of them"));
        elapse();

        send();

        assertThat(made).hasSize(1);
        assertThat(outcomes).hasSize(2);
    }

    @Test
    void what_the_one_before_has_is_given_up_once_and_the_next_one_goes_on() {
        // Given
        send();
        send();
        made.get(0).errorNext(new ProducerFencedException("fenced"));
        elapse();

        // When
        send();

        // Then
        await().atMost(Duration.ofSeconds(5)).until(() -> outcomes.size() == 2);
        assertThat(outcomes.get(1)).isInstanceOf(DisconnectException.class);
        made.get(1).completeNext();
        assertThat(made.get(1).uncommittedRecords()).isEmpty();
    }

    @Test
    void one_that_camel_closed_stays_closed() {
        producer.close();
        elapse();

        assertThatThrownBy(this::send).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(this::send).isInstanceOf(IllegalStateException.class);

        assertThat(made).hasSize(1);
    }

    private void send() {
        producer.send(new ProducerRecord<>("out", "order"), (metadata, failure) -> {
            if (failure != null) {
                outcomes.add(failure);
            }
        });
    }

    /** One that fails at once is not replaced at once. */
    private void elapse() {
        nanos.addAndGet(Duration.ofMillis(1100).toNanos());
    }

    @SuppressWarnings("unchecked")
    private Producer<Object, Object> producer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "127.0.0.1:9092");
        PatientProducer patient = new PatientProducer(properties, given -> {
            MockProducer<Object, Object> next = new MockProducer<>(false, (topic, key) -> new byte[0], (topic, value) -> new byte[0]);
            made.add(next);
            return next;
        }, new ArrayList<>()::add, nanos::get);
        patient.makeIfResolved();
        return (Producer<Object, Object>) Proxy.newProxyInstance(Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, patient);
    }
}
