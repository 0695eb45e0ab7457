package org.trustpaybridge.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.trustpaybridge.testkit.BridgeProcess;

/**
 * Shows what the bridge does with a handful of orders, then keeps everything running until it is interrupted.
 *
 * <p>The shutdown hooks of the test kit end the child processes and remove the broker's data, on Ctrl-C and SIGTERM alike.
 */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DemoSettings settings;
    private final Account account = new Account(System.out);

    private Demo(DemoSettings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws Exception {
        // Whoever started the demo, Maven as a rule, may be killed outright: then nobody is left to stop it.
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        try {
            System.exit(new Demo(DemoSettings.fromSystemProperties()).run());
        } catch (IllegalArgumentException e) {
            System.err.println("The demo cannot start. " + e.getMessage());
            System.exit(2);
        } catch (RuntimeException | AssertionError e) {
            System.err.println("The demo failed; its logs are in " + DemoSettings.logDirectory() + ". " + e.getMessage());
            System.exit(1);
        }
    }

    private int run() throws IOException, InterruptedException {
        account.title("trustpay-bridge: the demo");
        account.text("Starting a Kafka broker, a simulator of MultiSafepay, a small shop and two bridges, one of them with a mapping. No"
            + " order leaves this machine.");
        try (DemoStage stage = DemoStage.set(settings)) {
            boolean allAnswered = showOrders(stage);
            if (settings.exit() || !allAnswered) {
                account.text(allAnswered ? "That was all." : "Not every order was answered. See the logs in " + logs() + ".");
                return allAnswered ? 0 : 1;
            }
            showWhatToTry(stage);
            return stay(stage);
        }
    }

    private boolean showOrders(DemoStage stage) {
        List<DemoOrder> orders = DemoOrder.handful().stream()
            .filter(each -> !each.topic().equals(OrderDesk.WEBHOOKS) || DemoSettings.exampleMapping()).toList();
        Map<OrderDesk.Receipt, Outcome> outcomes;
        List<OrderDesk.Receipt> receipts = new ArrayList<>();
        try (OrderDesk desk = new OrderDesk(stage.bootstrapServers())) {
            orders.forEach(order -> receipts.add(desk.publish(order)));
            outcomes = desk.await(receipts, PATIENCE);
        }
        account.title("What became of " + orders.size() + " orders");
        for (int i = 0; i < orders.size(); i++) {
            account.outcome(orders.get(i), outcomes.get(receipts.get(i)));
        }
        return outcomes.values().stream().noneMatch(Outcome.Unknown.class::isInstance);
    }

    private void showWhatToTry(DemoStage stage) throws IOException {
        Path order = settings.directory().resolve("order.json");
        Files.writeString(order, DemoOrder.another());
        String file = fromHere(order);
        String brokers = stage.bootstrapServers();

        account.title("Now it is yours");
        account.text("Open the shop, or one of the payment URLs, in a browser. Pay or cancel there: you come back to the shop, which says "
            + "what it was notified of. The payment page, opened again, shows what the shop answered.");
        account.fact("shop", stage.shop().url("/"));
        account.text("Look on:");
        account.fact("status", stage.bridge().management("/").toString());
        account.fact("health", stage.bridge().management("/observe/health").toString());
        account.fact("metrics", stage.bridge().management("/observe/metrics").toString());
        account.fact("logs", logs());
        account.text("Publish an order of your own: give " + file + " another order_id (and the -k below the same), or any mistake "
            + "you like, then");
        account.command("kcat -b " + brokers + " -t " + OrderDesk.ORDERS + " -k my-order-id-2 -P " + file);
        account.command("kcat -b " + brokers + " -t " + OrderDesk.PAYMENTS + " -C -e -f '%k %s\\n'");
        account.text("Without kcat, publish it and see the answer with");
        account.command("./mvnw -q -Pdemo exec:exec@publish -Ddemo.brokers=" + brokers);
        Path webhook = settings.directory().resolve("webhook.json");
        Files.writeString(webhook, DemoOrder.webhook("#1002"));
        account.text("Publish an event of another shape. The bridge that reads " + OrderDesk.WEBHOOKS + " has order.mapping="
            + DemoSettings.mapping() + " (docs/mapping.md). The first command shows what becomes of the event, with the settings below:");
        account.command("java -jar " + fromHere(BridgeProcess.jar()) + " map --mapping " + DemoSettings.mapping() + " "
            + fromHere(webhook));
        account.command("./mvnw -q -Pdemo exec:exec@publish -Ddemo.brokers=" + brokers + " -Ddemo.topic=" + OrderDesk.WEBHOOKS
            + " -Ddemo.order=" + fromHere(webhook));
        account.text("To try a mapping of your own, start the demo with -Ddemo.mapping=FILE and publish an event of yours so.");
        account.text("For the commands (check, send --wait, dead-letters list; docs/commands.md), in another terminal");
        account.command(stage.commandSettings());
        account.command("java -jar " + fromHere(BridgeProcess.jar()) + " dead-letters list");
        account.text("Ctrl-C stops everything.");
    }

    private int stay(DemoStage stage) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true), "demo-ending"));
        stage.bridge().process().onExit(ended::countDown);
        stage.mapping().process().onExit(ended::countDown);
        stage.simulator().process().onExit(ended::countDown);
        ended.await();
        if (!ending.get()) {
            String who = stage.simulator().process().isAlive() ? "bridge" : "simulator";
            account.text("The " + who + " has ended. See the logs in " + logs() + ".");
        }
        return 1;
    }

    private String logs() {
        return fromHere(settings.directory());
    }

    private static String fromHere(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
