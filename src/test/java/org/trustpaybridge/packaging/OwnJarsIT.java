package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;

/** A login that the distribution does not bring along, as that of Amazon MSK: its jar is put into lib/ext, and logs in at a real broker. */
class OwnJarsIT {

    private static final String MODULE = "shop.login.ShopLoginModule";
    private static final String PASSWORD = "own-jar-password-61fe";

    @TempDir
    private static Path directory;
    private static EmbeddedBroker broker;
    private static Path home;
    private static Path config;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePorts.one();
        broker = EmbeddedBroker.started(BrokerSettings.defaults().withListener("PLAIN", port, "SASL_PLAINTEXT")
            .with("listener.name.plain.sasl.enabled.mechanisms", "PLAIN")
            .with("listener.name.plain.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_shop=\"" + PASSWORD + "\";"));
        for (String topic : List.of("order-created", "payment-url-created", "order-created.dlq")) {
            broker.createTopic(topic, 1);
        }
        run(List.of("tar", "-xzf", Path.of(System.getProperty("bridge.archive")).toAbsolutePath().toString(), "-C", directory.toString()));
        try (Stream<Path> tops = Files.list(directory)) {
            home = tops.filter(top -> top.getFileName().toString().startsWith("trustpay-bridge-")).findFirst().orElseThrow();
        }
        config = Files.writeString(directory.resolve("own.properties"), """
            kafka.brokers=127.0.0.1:%d
            multisafepay.api-key=none
            management.port=0
            multisafepay.base-url=http://127.0.0.1:1
            camel.component.kafka.security-protocol=SASL_PLAINTEXT
            camel.component.kafka.sasl-mechanism=PLAIN
            camel.component.kafka.sasl-jaas-config=%s required username="shop" password="%s";
            """.formatted(port, MODULE, PASSWORD));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void a_login_module_is_found_in_lib_ext_and_where_it_belongs_is_said_while_it_is_missing() throws Exception {
        String without = check();
        assertThat(without).contains("there is no class " + MODULE + ".",
            "put the jar that has it into the folder lib/ext beside trustpay-bridge.jar")
            .doesNotContain(PASSWORD, " at org.", "Exception");

        module(home.resolve("lib/ext/shop-login.jar"));

        assertThat(started()).contains("event=TPB0401 ").doesNotContain(PASSWORD, " at org.", "Exception");
        assertThat(check()).contains("Kafka ok 1 broker").doesNotContain(PASSWORD, " at org.");
        assertThat(home.resolve("lib/ext/README")).content().contains("aws-msk-iam-auth").hasLineCount(1);
    }

    /** Kafka's own login under another name, which is on nobody's class path. */
    private static void module(Path jar) throws Exception {
        Path source = Files.writeString(Files.createDirectories(directory.resolve("shop/login")).resolve("ShopLoginModule.java"),
            "package shop.login; public class ShopLoginModule extends org.apache.kafka.common.security.plain.PlainLoginModule { }");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null,
            "-proc:none", "-d", directory.toString(), source.toString())).isZero();
        try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("shop/login/ShopLoginModule.class"));
            Files.copy(source.resolveSibling("ShopLoginModule.class"), zip);
        }
    }

    /** What a bridge says until it has read from Kafka; its producers are made before. */
    private static String started() throws Exception {
        Process bridge = new ProcessBuilder(java(), "-jar", home.resolve("trustpay-bridge.jar").toString(), "run",
            "--config", config.toString())
            .redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = bridge.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append(' ');
                if (line.contains("TPB0401") || line.contains("TPB0301")) {
                    return said.toString();
                }
            }
            return said.toString();
        } finally {
            bridge.destroyForcibly().waitFor();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The table folds its lines. */
    private static String check() throws Exception {
        return run(List.of(java(), "-jar", home.resolve("trustpay-bridge.jar").toString(),
            "check", "--config", config.toString())).replaceAll("\\s+", " ");
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
