package org.trustpaybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.RawServer.Talk;
import org.trustpaybridge.testkit.TestCertificate;
import org.trustpaybridge.transport.ClientRig.Call;

/** The client against real sockets. What comes as an answer is HostileProviderTest's; here is what surrounds it. */
class ProviderClientOverTheWireTest {

    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private static ClientRig rig;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.in(folder);
        rig = new ClientRig(ClientRig.names("two.test", "127.0.0.2", "127.0.0.1"), certificate);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void good_answers_keep_one_connection() {
        // Given
        RawServer server = RawServer.start(talk -> each(talk, ProviderClientOverTheWireTest::create));

        // When
        List<Call> calls = IntStream.range(0, 20).mapToObj(n -> rig.post(url(server), "o-" + n)).toList();

        // Then
        assertThat(calls).allSatisfy(call -> assertThat(call.status()).isEqualTo(200));
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void compressed_good_answers_keep_one_connection_and_take_no_longer() {
        // Given
        RawServer server = RawServer.start(talk -> each(talk, (each, request) -> {
            byte[] zipped = zipped(HostileProvider.created(HostileProvider.orderId(request)));
            each.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.length
                + "\r\n\r\n").say(zipped);
        }));

        // When
        long began = System.nanoTime();
        List<Call> calls = IntStream.range(0, 20).mapToObj(n -> rig.post(url(server), "o-" + n)).toList();
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        // Then
        assertThat(calls).allSatisfy(call -> assertThat(call.status()).isEqualTo(200));
        assertThat(server.accepted()).isEqualTo(1);
        assertThat(took).as("20 calls, of which none is looked behind for 250 ms").isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void good_answers_keep_one_connection_with_tls_too() {
        // Given
        RawServer server = RawServer.on(certificate.listener(), talk -> each(talk, ProviderClientOverTheWireTest::create));

        // When
        List<Call> calls = IntStream.range(0, 20).mapToObj(n -> rig.post("https://127.0.0.1:" + server.port() + "/orders", "o-" + n))
            .toList();

        // Then
        assertThat(calls).allSatisfy(call -> assertThat(call.status()).isEqualTo(200));
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void an_answer_too_many_is_noticed_behind_tls() {
        // Given
        RawServer server = RawServer.on(certificate.listener(), talk -> each(talk, (each, request) -> {
            create(each, request);
            each.answer(400, "{}");
        }));

        // When
        List<Call> calls = IntStream.range(0, 10).mapToObj(n -> rig.post("https://127.0.0.1:" + server.port() + "/orders", "o-" + n))
            .toList();

        // Then
        assertThat(calls).allSatisfy(call -> assertThat(call.status() == 200 || call.doubtful()
            || call.fault() == TransportFault.OUT_OF_STEP)
            .as(call.toString()).isTrue());
        assertThat(server.accepted()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void a_connection_that_the_other_side_closed_is_not_used() throws Exception {
        // Given
        RawServer server = RawServer.start(talk -> create(talk, talk.request()));
        rig.post(url(server), "first");
        org.awaitility.Awaitility.await().until(() -> server.open() == 0);

        // When
        Call second = rig.post(url(server), "second");

        // Then
        assertThat(second.thrown() == null ? 200 : second.fault()).isIn(200, TransportFault.CONNECTION_LOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "drip", "alerts", "garbage"})
    void a_handshake_that_gets_nowhere_is_cut(String way) {
        // Given
        byte[] hello = {22, 3, 3, 0x3f, (byte) 0xff, 2, 0, 0x3f, (byte) 0xfb};
        RawServer server = RawServer.start(talk -> {
            switch (way) {
                case "silent" -> talk.awaitClosed();
                case "drip" -> {
                    talk.say(hello);
                    talk.drip("\0");
                }
                case "alerts" -> talk.flood("\u0015\u0003\u0003\0\u0002\u0001\0");
                default -> talk.flood("HTTP/1.1 400 Bad Request\r\n\r\n");
            }
        });

        // When
        Call call = rig.post("https://127.0.0.1:" + server.port() + "/orders", "o");

        // Then
        assertThat(call.fault()).isEqualTo(TransportFault.CONNECT_FAILED);
        assertThat(call.took()).isLessThan(ClientRig.CONNECT.plus(ClientRig.LATE));
    }

    @Test
    void a_request_that_the_other_side_does_not_read_is_cut() {
        // Given
        RawServer server = RawServer.start(talk -> talk.pause(10_000));

        // When
        Call call = rig.post(url(server), "o", new byte[64 << 20], false);

        // Then
        assertThat(call.fault()).isEqualTo(TransportFault.TIMED_OUT);
        assertThat(call.took()).isLessThan(ClientRig.RESPONSE.plus(ClientRig.LATE));
    }

    @Test
    void a_connection_that_does_not_come_about_is_given_up_and_the_next_address_is_tried() throws IOException {
        // Given
        RawServer server = RawServer.start(talk -> each(talk, ProviderClientOverTheWireTest::create));
        try (Unreachable nobody = new Unreachable("127.0.0.2", server.port())) {
            // When
            Call alone = rig.post("http://127.0.0.2:" + nobody.port() + "/orders", "o");
            Call both = rig.post("http://two.test:" + server.port() + "/orders", "o");

            // Then
            assertThat(alone.fault()).isEqualTo(TransportFault.CONNECT_FAILED);
            assertThat(alone.took()).isLessThan(ClientRig.CONNECT.plus(ClientRig.LATE));
            assertThat(both.status()).isEqualTo(200);
        }
    }

    @Test
    void a_name_that_nobody_tells_is_given_up_in_time_by_all_who_wait_for_it() throws Exception {
        // Given
        List<Thread> askedBy = java.util.Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> told = new CompletableFuture<>();
        try (ClientRig slow = new ClientRig(new org.apache.hc.client5.http.SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                askedBy.add(Thread.currentThread());
                told.join();
                return super.resolve("127.0.0.1");
            }
        }, null); RawServer server = RawServer.start(talk -> each(talk, ProviderClientOverTheWireTest::create))) {
            String url = "http://slow.test:" + server.port() + "/orders";

            // When
            List<Call> calls = atOnce(16, n -> slow.post(url, "o-" + n));

            // Then
            assertThat(calls).allSatisfy(call -> {
                assertThat(call.fault()).isEqualTo(TransportFault.CONNECT_FAILED);
                assertThat(call.took()).isLessThan(ClientRig.CONNECT.plus(ClientRig.LATE));
            });
            assertThat(askedBy).hasSize(1);
            told.complete(null);
            org.awaitility.Awaitility.await().until(() -> slow.post(url, "o").status() == 200);
        }
    }

    @Test
    void calls_that_hang_all_at_once_end_in_time_and_leave_room_for_others() {
        // Given
        RawServer server = RawServer.start(talk -> {
            RawServer.Request request = talk.request();
            if (request.body().contains("hang")) {
                talk.drip(" ");
            }
            create(talk, request);
        });

        // When
        List<Call> calls = atOnce(64, n -> rig.post(url(server), "hang-" + n));

        // Then
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.fault()).isEqualTo(TransportFault.TIMED_OUT);
            assertThat(call.took()).isLessThan(ClientRig.RESPONSE.plus(ClientRig.LATE));
        });
        assertThat(rig.post(url(server), "after-them").status()).isEqualTo(200);
    }

    @Test
    void a_call_may_ask_for_a_connection_of_its_own() {
        // Given
        RawServer server = RawServer.start(talk -> each(talk, ProviderClientOverTheWireTest::create));

        // When
        IntStream.range(0, 3).forEach(n -> rig.post(url(server), "o-" + n, "{\"order_id\":\"x\"}".getBytes(), true));

        // Then
        assertThat(server.accepted()).isEqualTo(3);
    }

    private interface Answer {
        void give(Talk talk, RawServer.Request request) throws IOException;
    }

    private static void each(Talk talk, Answer answer) throws IOException {
        while (true) {
            answer.give(talk, talk.request());
        }
    }

    private static void create(Talk talk, RawServer.Request request) throws IOException {
        talk.answer(200, HostileProvider.created(HostileProvider.orderId(request)));
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String url(RawServer server) {
        return "http://127.0.0.1:" + server.port() + "/orders";
    }

    private static List<Call> atOnce(int count, java.util.function.IntFunction<Call> call) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            return IntStream.range(0, count).mapToObj(n -> CompletableFuture.supplyAsync(() -> call.apply(n), threads)).toList().stream()
                .map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    /** A port whose queue is full: Linux does not answer a connection that does not fit in, so that it never comes about. */
    private static final class Unreachable implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket();
        private final List<Socket> queue = new ArrayList<>();

        Unreachable(String address, int port) throws IOException {
            listener.bind(new InetSocketAddress(address, port), 1);
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(listener.getLocalSocketAddress(), 100);
                } catch (java.net.SocketTimeoutException full) {
                    return;
                }
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queue) {
                socket.close();
            }
            listener.close();
        }
    }
}
