package org.trustpaybridge.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.JavaLaunch;
import org.trustpaybridge.testkit.JavaProcess;

/** The two programs in {@code examples/}, by the language that they are written in. */
enum Example {
    JAVA("java/CreateOrder.java", "java/MailPaymentLink.java"),
    PYTHON("python/create_order.py", "python/mail_payment_link.py"),
    NODE("node/create-order.mjs", "node/mail-payment-link.mjs");

    private static final Path FOLDER = Path.of("examples").toAbsolutePath();

    private final String producer;
    private final String consumer;

    Example(String producer, String consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    /** What starts the language's programs; empty where it, or its Kafka library, is not there. */
    Optional<List<String>> runtime() throws IOException, InterruptedException {
        return switch (this) {
            // The jar names its libraries, the client of Kafka among them.
            case JAVA -> Optional.of(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                BridgeProcess.jar().toString()));
            // Debian's own Python has Debian's packages, and need not be the first on the PATH.
            case PYTHON -> {
                for (String python : List.of("python3", "/usr/bin/python3")) {
                    if (works(List.of(python, "-c", "import confluent_kafka"))) {
                        yield Optional.of(List.of(python));
                    }
                }
                yield Optional.empty();
            }
            case NODE -> works(List.of("node", "--version")) && Files.exists(FOLDER.resolve("node/node_modules/kafkajs"))
                ? Optional.of(List.of("node")) : Optional.empty();
        };
    }

    /** Why a test is skipped. */
    String missing() {
        return switch (this) {
            case JAVA -> "";
            case PYTHON -> "No python3 with confluent_kafka here: apt-get install python3-confluent-kafka, or pip install confluent-kafka";
            case NODE -> "No node with kafkajs here: install node, and run npm ci in examples/node";
        };
    }

    JavaLaunch producer(List<String> runtime, String orderId) {
        return launch(runtime, producer, orderId);
    }

    JavaLaunch consumer(List<String> runtime) {
        return launch(runtime, consumer);
    }

    private static JavaLaunch launch(List<String> runtime, String program, String... arguments) {
        List<String> all = new ArrayList<>(runtime.subList(1, runtime.size()));
        all.add(FOLDER.resolve(program).toString());
        all.addAll(List.of(arguments));
        return JavaProcess.ofScript(Path.of(runtime.get(0)), all);
    }

    private static boolean works(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
