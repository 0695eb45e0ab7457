package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatorCommandOverTheWireTest {

    private static final Pattern LISTENING = Pattern.compile("Simulator listening on (http://127\\.0\\.0\\.1:\\d+)/v1/json");

    /** Stands in for the program's own main. */
    public static final class Main {
        private Main() {
        }

        public static void main(String[] args) {
            System.exit(new CommandLine(new SimulatorCommand()).execute(args));
        }
    }

    @Test
    void it_says_where_it_listens_and_ends_with_0_on_sigterm() throws Exception {
        Process process = started(Map.of("SIMULATOR_API_KEY", "key-of-the-environment", "SIMULATOR_LATENCY", "1ms"), "--port", "0");
        try {
            String base = baseUrlOf(process);
            int withKey = statusOf(base, "key-of-the-environment");
            int withOther = statusOf(base, "other");

            // On Unix this is SIGTERM.
            process.destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(new int[] {withKey, withOther}).containsExactly(200, 401);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_taken_port_is_said_in_one_line_with_exit_code_1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Outcome outcome = execute("--port", Integer.toString(taken.getLocalPort()));

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err().lines()).singleElement().asString()
                .contains("127.0.0.1:" + taken.getLocalPort(), "--port 0").doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--port=70000 | port 70000", "--port=x | --port", "--latency=soon | 'soon' is no duration", "--fault=503 | 503=5%",
        "--fault=503=90%,500=20% | 110%", "--fault=nonsense=5% | no fault 'nonsense'", "--max-orders=0 | at least 1 order",
        "--public-url=pay.example.com | https://pay.example.com", "--seed=x | the seed 'x'", "--hold=0 | hold", "--nonsense | --nonsense",
        "--slow-interval=fast | 'fast' is no duration"})
    void wrong_options_are_explained_with_exit_code_2(String option, String explanation) {
        Outcome outcome = execute(option);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines().findFirst()).hasValueSatisfying(line -> assertThat(line).contains(explanation));
    }

    @Test
    void the_list_of_faults_is_the_catalogue() {
        Outcome outcome = execute("--list-faults");

        assertThat(outcome.exitCode()).isZero();
        for (FaultKind kind : FaultKind.values()) {
            assertThat(outcome.out().lines()).anyMatch(
                line -> line.matches(" +" + Pattern.quote(kind.id()) + " +" + Pattern.quote(kind.effect())));
        }
    }

    @Test
    void the_api_key_is_not_shown_by_the_options() {
        SimulatorOptions options = SimulatorOptions.defaults().withApiKey("very-secret");

        assertThat(options.toString()).doesNotContain("very-secret");
    }

    private record Outcome(int exitCode, String out, String err) {
    }

    private static Outcome execute(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new SimulatorCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
        return new Outcome(code, out.toString(), err.toString());
    }

    private static Process started(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String baseUrlOf(Process process) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                return listening.group(1);
            }
        }
        throw new AssertionError("the simulator ended without a word about where it listens");
    }

    private static int statusOf(String base, String key) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(base + "/v1/json/gateways/TRUSTPAY"))
            .header("api_key", key).build(), BodyHandlers.discarding()).statusCode();
    }
}
