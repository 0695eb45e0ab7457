package org.trustpaybridge.demo;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.trustpaybridge.testkit.ReceivedRecord;

/** What became of an order. */
sealed interface Outcome {

    /** It has a payment page. */
    record Payable(String paymentUrl) implements Outcome {
    }

    /**
     * It lies in the dead-letter topic.
     *
     * @param code the bridge's error code
     * @param reasons one sentence each
     */
    record DeadLetter(String code, List<String> reasons) implements Outcome {
    }

    /** Nothing was published for it in time. */
    record Unknown() implements Outcome {
    }

    /** Reads a record of the topic payment-url-created. */
    static Outcome ofPayment(ReceivedRecord record) {
        return new Payable(json(record.value()).path("payment_url").asText());
    }

    /** Reads a record of the dead-letter topic. */
    static Outcome ofDeadLetter(ReceivedRecord record) {
        List<String> reasons = new ArrayList<>();
        JsonNode detail = json(record.header("bridge-error-detail").orElse("{}"));
        detail.path("violations").forEach(each -> reasons.add(each.path("field").asText() + ": " + each.path("problem").asText()));
        if (detail.hasNonNull("provider_error_code")) {
            reasons.add("provider error " + detail.get("provider_error_code").asText() + ": "
                + detail.path("provider_error_info").asText());
        }
        if (detail.hasNonNull("http_status")) {
            reasons.add("HTTP status " + detail.get("http_status").asText());
        }
        return new DeadLetter(record.header("bridge-error-code").orElse("no error code"), reasons);
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The bridge wrote something that is not JSON", e);
        }
    }
}
