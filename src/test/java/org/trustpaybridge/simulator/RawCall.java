package org.trustpaybridge.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One call over a bare socket, so that a test sees what an HTTP client would hide.
 *
 * @param received every byte that came
 * @param reads    how many pieces it came in
 * @param end      how it ended
 */
record RawCall(byte[] received, int reads, End end) {

    enum End { CLOSED, RESET, SILENT }

    static RawCall post(Simulator simulator, JsonNode order, String... headers) throws IOException {
        return post(simulator, order.toString(), headers);
    }

    static RawCall post(Simulator simulator, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(simulator, "POST /v1/json/orders HTTP/1.1\r\nHost: x\r\napi_key: test-key\r\nConnection: close\r\nContent-Length: "
            + bytes.length + "\r\n" + lines(headers) + "\r\n" + body, 1_500);
    }

    static RawCall send(Simulator simulator, String request, int silenceMillis) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
            socket.setSoTimeout(silenceMillis);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int reads = 0;
            try {
                InputStream in = socket.getInputStream();
                byte[] part = new byte[64 * 1024];
                for (int count = in.read(part); count >= 0; count = in.read(part)) {
                    all.write(part, 0, count);
                    reads++;
                }
                return new RawCall(all.toByteArray(), reads, End.CLOSED);
            } catch (SocketTimeoutException silent) {
                return new RawCall(all.toByteArray(), reads, End.SILENT);
            } catch (SocketException reset) {
                return new RawCall(all.toByteArray(), reads, End.RESET);
            }
        }
    }

    int status() {
        return Integer.parseInt(text().split(" ", 3)[1]);
    }

    Optional<String> header(String name) {
        String head = text().substring(0, Math.max(0, text().indexOf("\r\n\r\n")) + 2);
        Matcher line = Pattern.compile("(?imd)^" + Pattern.quote(name) + ": (.*)\r$").matcher(head);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    byte[] body() {
        return text().substring(text().indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    JsonNode json() {
        return SampleOrder.read(new String(body(), StandardCharsets.UTF_8));
    }

    /** Latin-1, which loses no byte. */
    String text() {
        return new String(received, StandardCharsets.ISO_8859_1);
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }
}
