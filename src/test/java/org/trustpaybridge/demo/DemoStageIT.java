package org.trustpaybridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.trustpaybridge.testkit.Chromium;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaLaunch;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.ReceivedRecord;

/** What a visitor does with the running demo: paying in a browser, and the programs in {@code examples/}. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DemoStageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;
    private static DemoStage stage;
    private static Chromium chromium;

    @BeforeAll
    static void open() throws IOException {
        Iterator<Integer> ports = FreePorts.pick(4).iterator();
        stage = DemoStage.set(new DemoSettings(ports.next(), ports.next(), ports.next(), ports.next(), directory.resolve("demo"), true));
        chromium = Chromium.open().orElse(null);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void an_event_of_another_shape_is_paid_and_the_customer_comes_back_to_the_shop() throws Exception {
        Assumptions.assumeTrue(chromium != null, Chromium.MISSING);
        String paymentUrl = paymentUrlOf(webhook("#1001"));
        chromium.driver.get(stage.shop().url("/"));
        chromium.driver.findElement(By.cssSelector("a[href='" + paymentUrl + "']")).click();
        assertThat(chromium.driver.findElement(By.id("description")).getText()).isEqualTo("2 x Short sleeve t-shirt");

        chromium.driver.findElement(By.id("pay")).click();

        await().until(() -> chromium.driver.getCurrentUrl().equals(stage.shop().url("/thanks?transactionid=1001")));
        await().ignoreExceptions().until(() -> text("status").equals("Paid."));
        assertThat(text("order")).isEqualTo("1001");
        assertThat(text("notification")).contains("completed", "The signature is right", "200 OK");
        chromium.keepPicture("demo-shop", "thanks");
        chromium.driver.get(paymentUrl);
        assertThat(text("told")).isEqualTo("The shop was notified at " + stage.shop().url("/notification") + " and answered 200 \"OK\".");
        chromium.keepPicture("demo-shop", "told");
        chromium.driver.get(stage.shop().url("/"));
        chromium.keepPicture("demo-shop", "orders");
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void a_customer_who_cancels_comes_to_the_page_for_that() throws Exception {
        Assumptions.assumeTrue(chromium != null, Chromium.MISSING);
        chromium.driver.get(paymentUrlOf(webhook("#cancelled <1>")));

        chromium.driver.findElement(By.id("cancel")).click();

        await().until(() -> chromium.driver.getCurrentUrl().startsWith(stage.shop().url("/cancelled?transactionid=")));
        await().ignoreExceptions().until(() -> text("status").equals("Not paid."));
        assertThat(text("order")).isEqualTo("cancelled <1>");
        assertThat(text("notification")).contains("void");
    }

    @Test
    void a_shop_believes_only_what_is_signed() throws Exception {
        URI notification = URI.create(stage.shop().url("/notification?transactionid=forged&timestamp=1"));
        HttpRequest forged = HttpRequest.newBuilder(notification).header("Auth", "MTphYmM=")
            .POST(HttpRequest.BodyPublishers.ofString("{\"order_id\":\"forged\",\"status\":\"completed\"}")).build();

        HttpResponse<String> answer = HTTP.send(forged, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        HttpRequest thanks = HttpRequest.newBuilder(URI.create(stage.shop().url("/thanks?transactionid=forged"))).build();
        assertThat(HTTP.send(thanks, HttpResponse.BodyHandlers.ofString()).body()).contains("Not confirmed yet").doesNotContain("Paid.");
    }

    @ParameterizedTest
    @EnumSource
    void each_order_gets_one_mail_also_when_its_record_is_repeated_and_read_again_after_a_kill(Example example) throws Exception {
        Optional<List<String>> found = example.runtime();
        Assumptions.assumeTrue(found.isPresent(), example.missing());
        List<String> runtime = found.get();
        String order = "../P\u0159\u00edklad 1/" + example;
        Path outbox = directory.resolve("outbox-" + example);
        try (JavaProcess consumer = inDemo(example.consumer(runtime), outbox).start();
             JavaProcess producer = inDemo(example.producer(runtime, order), outbox).start();
             KafkaProbe probe = new KafkaProbe(stage.bootstrapServers())) {
            assertThat(producer.awaitExit(PATIENCE)).as(() -> producer.standardError().toString()).isZero();
            consumer.awaitLine(("mailed " + order)::equals, PATIENCE);
            ReceivedRecord first = probe.awaitRecord(OrderDesk.PAYMENTS, order);

            probe.publish(OrderDesk.PAYMENTS, order, first.value(), KafkaProbe.header("ce_type", "trustpay.payment-url-created.v1"));
            probe.publish(OrderDesk.PAYMENTS, order, first.value().replace(order, "other"), KafkaProbe.header("ce_type", "another.v1"));
            consumer.awaitLine(("mailed before " + order)::equals, PATIENCE);
            consumer.kill();
            consumer.awaitExit(PATIENCE);
            forgetWhatWasRead();
            try (JavaProcess again = inDemo(example.consumer(runtime), outbox).start()) {
                await().atMost(PATIENCE).until(() -> Collections.frequency(again.standardOutput(), "mailed before " + order) == 2);

                assertThat(again.standardOutput()).doesNotContain("mailed " + order).allMatch(line -> line.startsWith("mailed before "));
            }
            assertThat(mails(outbox)).filteredOn(mail -> mail.contains("order " + order + " until ")).singleElement().asString()
                .contains(Outcome.json(first.value()).get("payment_url").textValue());
            assertThat(mails(outbox)).noneMatch(mail -> mail.contains("other"));
        } finally {
            forgetWhatWasRead();
        }
    }

    private static JavaLaunch inDemo(JavaLaunch program, Path outbox) {
        return program.environment("KAFKA_BROKERS", stage.bootstrapServers()).environment("OUTBOX", outbox.toString());
    }

    /** So that the next one begins at the beginning, and at once: who was killed is a member of the group for 45 seconds more. */
    private static void forgetWhatWasRead() throws Exception {
        String group = "mail-payment-links";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stage.bootstrapServers()))) {
            if (admin.listConsumerGroups().all().get().stream().anyMatch(each -> each.groupId().equals(group))) {
                admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions()).all().get();
                admin.deleteConsumerGroups(Set.of(group)).all().get();
            }
        }
    }

    private static List<String> mails(Path outbox) throws IOException {
        List<String> mails = new ArrayList<>();
        try (Stream<Path> files = Files.list(outbox)) {
            for (Path file : files.toList()) {
                assertThat(file.toString()).endsWith(".eml");
                mails.add(Files.readString(file));
            }
        }
        return mails;
    }

    private static DemoOrder webhook(String name) {
        return new DemoOrder(OrderDesk.WEBHOOKS, name, "", DemoOrder.webhook(name), List.of());
    }

    private static String paymentUrlOf(DemoOrder order) {
        try (OrderDesk desk = new OrderDesk(stage.bootstrapServers())) {
            OrderDesk.Receipt receipt = desk.publish(order);
            Map<OrderDesk.Receipt, Outcome> outcomes = desk.await(List.of(receipt), Duration.ofSeconds(30));
            assertThat(outcomes.get(receipt)).isInstanceOf(Outcome.Payable.class);
            return ((Outcome.Payable) outcomes.get(receipt)).paymentUrl();
        }
    }

    private static String text(String id) {
        return chromium.driver.findElement(By.id(id)).getText();
    }
}
