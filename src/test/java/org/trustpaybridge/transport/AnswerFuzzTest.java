package org.trustpaybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.transport.ClientRig.Call;

/**
 * Good answers with bytes changed, left out, doubled and cut, through real sockets: a call ends in time, and with an answer or one kind of
 * exception.
 */
class AnswerFuzzTest {

    private static final String[] HEADS = {"Content-Length: %d", "Transfer-Encoding: chunked", "Connection: close",
        "Content-Type: application/json",
        "Content-Encoding: gzip", "Retry-After: 1", "Set-Cookie: a=b", "Date: Sat, 28 Nov 2026 00:00:00 GMT",
            "WWW-Authenticate: Basic realm=\"a\""};

    private static ClientRig rig;
    private static RawServer server;
    private static volatile byte[] answer;

    @BeforeContainer
    static void start() {
        rig = new ClientRig();
        server = RawServer.start(talk -> {
            talk.request();
            talk.say(answer);
        });
    }

    @AfterContainer
    static void stop() {
        rig.close();
        server.close();
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void a_call_ends_in_time_with_an_answer_or_with_the_one_exception(@ForAll long seed) {
        // Given
        answer = mutated(new Random(seed));

        // When
        Call call = rig.post("http://127.0.0.1:" + server.port() + "/orders", "o-1");

        // Then
        assertThat(call.took()).isLessThan(ClientRig.CONNECT.plus(ClientRig.RESPONSE).plus(ClientRig.LATE));
        if (call.thrown() == null) {
            assertThat(call.status()).isBetween(100, 999);
        } else {
            assertThat(call.thrown()).isInstanceOf(CallFailedException.class);
            assertThat(call.fault()).isNotNull();
        }
    }

    private static byte[] mutated(Random random) {
        String body = HostileProvider.created("o-1");
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n").append(String.format(HEADS[0], body.length())).append("\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(String.format(HEADS[random.nextInt(HEADS.length)], random.nextInt(2000) - 100)).append("\r\n");
        }
        byte[] bytes = head.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = joined(bytes, 0, at, bytes, Math.min(bytes.length, at + 1 + random.nextInt(20)), bytes.length);
                case 2 -> bytes = joined(bytes, 0, at, bytes, random.nextInt(at + 1), bytes.length);
                default -> bytes = joined(bytes, 0, at + 1, bytes, 0, random.nextInt(3) == 0 ? 0 : bytes.length);
            }
            if (bytes.length == 0 || bytes.length > 1 << 20) {
                return new byte[] {'H'};
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, int from, int to, byte[] second, int secondFrom, int secondTo) {
        byte[] joined = new byte[to - from + secondTo - secondFrom];
        System.arraycopy(first, from, joined, 0, to - from);
        System.arraycopy(second, secondFrom, joined, to - from, secondTo - secondFrom);
        return joined;
    }
}
