package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;

class KafkaFailureTest {

    /** As aws-msk-iam-auth 2.3.5 says it, with all that it tried; the provider chain takes 5,000 characters. */
    @Test
    void a_login_of_somebody_elses_may_say_nothing_at_all() {
        assertThat(KafkaFailure.inWords(new javax.security.auth.login.LoginException(), "b:9092"))
            .startsWith("No login at Kafka is possible: ");
    }

    @Test
    void what_a_login_of_others_threw_is_told_in_one_short_sentence_without_classes() {
        String message = "An error: (java.util.concurrent.CompletionException: javax.security.sasl.SaslException:"
            + " Failed to find AWS IAM Credentials"
            + " [Caused by software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials from any of the providers"
            + " in the chain AwsCredentialsProviderChain(credentialsProviders=[" + "x".repeat(5000) + "])]) occurred when evaluating"
            + " SASL token"
            + " received from the Kafka Broker. Kafka Client will go to AUTHENTICATION_FAILED state.";

        String words = KafkaFailure.inWords(new SaslAuthenticationException(message), "b-1:9098");

        assertThat(words).isEqualTo("Kafka at b-1:9098 does not let this client in: Failed to find AWS IAM Credentials. Check"
            + " camel.component.kafka.sasl-* and ssl-*.");
    }

    @Test
    void a_refusal_of_the_brokers_is_told_as_it_is_and_a_long_one_cut() {
        assertThat(KafkaFailure.refusal(new SaslAuthenticationException("Authentication failed: Invalid username or password")))
            .isEqualTo("Authentication failed: Invalid username or password");
        assertThat(KafkaFailure.refusal(new SaslAuthenticationException("no\n".repeat(1000)))).hasSizeLessThan(310).doesNotContain("\n");
    }
}
