package org.trustpaybridge.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Publishes a file as one order to the broker of a running demo, and prints what became of it. Arguments: brokers, file, topic. */
public final class PublishOrder {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private PublishOrder() {
    }

    public static void main(String[] arguments) throws IOException {
        String value = Files.readString(Path.of(arguments[1]));
        DemoOrder order = new DemoOrder(arguments[2], orderId(value), arguments[1], value, List.of());
        Account account = new Account(System.out);
        try (OrderDesk desk = new OrderDesk(arguments[0])) {
            OrderDesk.Receipt receipt = desk.publish(order);
            Outcome outcome = desk.await(List.of(receipt), PATIENCE).get(receipt);
            account.outcome(order, outcome);
            if (outcome instanceof Outcome.Unknown) {
                account.text("An order that already has its payment URL gets no second one: give the file another order id.");
            }
        }
    }

    private static String orderId(String value) {
        try {
            JsonNode event = new ObjectMapper().readTree(value);
            return event.path("order_id").asText(event.path("name").asText("no-id"));
        } catch (JsonProcessingException e) {
            return "no-id";
        }
    }
}
