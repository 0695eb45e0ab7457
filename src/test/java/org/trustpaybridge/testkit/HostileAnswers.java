package org.trustpaybridge.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Ways in which a provider, or something between, can answer a request wrongly. Each leaves the connection open, for the client to close.
 */
public final class HostileAnswers {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private HostileAnswers() {
    }

    /** Too much of everything that an answer consists of. */
    public static Map<String, RawServer.Script> floods() {
        Map<String, RawServer.Script> scripts = new LinkedHashMap<>();
        scripts.put("headers", talk -> talk.say(OK).flood("X-Something: of-no-interest-to-anybody\r\n"));
        scripts.put("header-line", talk -> talk.say(OK + "X-Something: ").flood("a"));
        scripts.put("folded-lines", talk -> talk.say(OK + "X-Something: a\r\n").flood(" and more\r\n"));
        scripts.put("status-line", talk -> talk.say("HTTP/1.1 200 ").flood("OK"));
        scripts.put("no-line", talk -> talk.flood("a"));
        scripts.put("empty-lines", talk -> talk.flood("\r\n"));
        scripts.put("informational", talk -> talk.flood("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"));
        scripts.put("continue", talk -> talk.flood("HTTP/1.1 100 Continue\r\n\r\n"));
        scripts.put("chunks", talk -> talk.say(CHUNKED).flood("10\r\n0123456789abcdef\r\n"));
        scripts.put("chunks-of-a-byte", talk -> talk.say(CHUNKED).flood("1\r\n \r\n"));
        scripts.put("chunk-extension", talk -> talk.say(CHUNKED + "1;").flood("a=b;"));
        scripts.put("chunk-size", talk -> talk.say(CHUNKED).flood("0"));
        scripts.put("trailers", talk -> talk.say(CHUNKED + "2\r\n{}\r\n0\r\n").flood("X-Trailer: a\r\n"));
        scripts.put("trailer-line", talk -> talk.say(CHUNKED + "2\r\n{}\r\n0\r\nX-Trailer: ").flood("a"));
        scripts.put("until-close", talk -> talk.say(OK + "\r\n").flood("{\"success\":"));
        scripts.put("long", talk -> talk.say(OK + "Content-Length: 9999999999\r\n\r\n").flood(" "));
        byte[] bomb = gzip(40 << 20);
        scripts.put("gzip", talk -> talk.say(bomb));
        scripts.put("refused-headers", talk -> talk.say("HTTP/1.1 401 X\r\n").flood("WWW-Authenticate: Basic realm=\"a\"\r\n"));
        return scripts;
    }

    /** A little at a time, faster than any wait for one piece would notice. */
    public static Map<String, RawServer.Script> drips() {
        Map<String, RawServer.Script> scripts = new LinkedHashMap<>();
        scripts.put("status-line", talk -> talk.say("HTTP/1.1 200 ").drip("O"));
        scripts.put("headers", talk -> talk.say(OK).drip("X-A: b\r\n"));
        scripts.put("header-line", talk -> talk.say(OK + "X-A: ").drip("b"));
        scripts.put("informational", talk -> talk.drip("HTTP/1.1 103 Early Hints\r\n\r\n"));
        scripts.put("body", talk -> talk.say(OK + "Content-Length: 1000\r\n\r\n").drip(" "));
        scripts.put("chunks", talk -> talk.say(CHUNKED).drip("1\r\n \r\n"));
        scripts.put("chunk-extension", talk -> talk.say(CHUNKED + "1;").drip("a"));
        scripts.put("trailers", talk -> talk.say(CHUNKED + "2\r\n{}\r\n0\r\n").drip("X-A: b\r\n"));
        scripts.put("until-close", talk -> talk.say(OK + "\r\n").drip(" "));
        return scripts;
    }

    /** Nothing, or nothing more. */
    public static Map<String, RawServer.Script> silences() {
        Map<String, RawServer.Script> scripts = new LinkedHashMap<>();
        scripts.put("no-answer", RawServer.Talk::awaitClosed);
        scripts.put("half-a-head", talk -> talk.say(OK + "X-A: b").awaitClosed());
        scripts.put("no-body", talk -> talk.say(OK + "Content-Length: 1000\r\n\r\n").awaitClosed());
        scripts.put("half-a-body", talk -> talk.say(CHUNKED + "10\r\n01234").awaitClosed());
        scripts.put("no-last-chunk", talk -> talk.say(CHUNKED + "2\r\n{}\r\n").awaitClosed());
        scripts.put("half-closed", talk -> {
            talk.socket().shutdownOutput();
            talk.awaitClosed();
        });
        scripts.put("half-closed-in-the-body", talk -> {
            talk.say(OK + "Content-Length: 1000\r\n\r\n{");
            talk.socket().shutdownOutput();
            talk.awaitClosed();
        });
        return scripts;
    }

    /** What is no HTTP, or no HTTP that makes sense; none of it holds a payment URL. */
    public static Map<String, RawServer.Script> nonsense() {
        Map<String, RawServer.Script> scripts = new LinkedHashMap<>();
        for (String line : new String[] {"HTTP/1.1 000", "HTTP/1.1 000 ", "HTTP/1.1 0 X", "HTTP/1.1 -1 X", "HTTP/1.1 99 X",
            "HTTP/1.1 1000 X",
            "HTTP/1.1 99999999999999 X", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 abc", "HTTP/1.1 2\u00b2\u00b2 X", "HTTP/9.9 200 OK",
                "HTTP/2.0 200 OK",
            "HTTP/ 200 OK", "HTTP/-1.-1 200 OK", "HTTP/99999999999.1 200 OK", "ICY 200 OK", "SSH-2.0-OpenSSH_9.2", "\0\0\0\0", "{}",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.2\r\nConnection: Upgrade",
            "HTTP/1.1 101 Switching Protocols", "HTTP/1.1 204 No Content\r\nContent-Length: 2",
                "HTTP/1.1 304 X\r\nTransfer-Encoding: chunked"}) {
            scripts.put("'" + printable(line) + "'", talk -> talk.say(line + "\r\n\r\n{}").awaitClosed());
        }
        for (String header : new String[] {"Content-Length: -5", "Content-Length: x", "Content-Length: 99999999999999999999",
            "Content-Length: 2\r\nContent-Length: 3", "Content-Length:", "Transfer-Encoding: nonsense",
                "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 2", "no colon", ": no name", "Na me: x", "\0: \0",
                "Content-Encoding: nonsense\r\nContent-Length: 2",
            "Content-Encoding: gzip\r\nContent-Length: 2",
                "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\nContent-Length: 2",
            "Content-Encoding: deflate\r\nContent-Length: 2", "Content-Encoding: br\r\nContent-Length: 2",
                "Content-Encoding: zstd\r\nContent-Length: 2",
            "Content-Type: application/json; charset=nonsense\r\nContent-Length: 2",
                "Content-Type: application/json; charset=\0\r\nContent-Length: 2",
            "Content-Type: ;;;=\r\nContent-Length: 2", "Content-Type: application/x-java-serialized-object\r\nContent-Length: 2",
            "WWW-Authenticate: =,=,\"\r\nContent-Length: 2", "Retry-After: \0\r\nContent-Length: 2",
                "Connection: close\r\nContent-Length: 2",
            "Set-Cookie: =;=;\r\nContent-Length: 2", "Keep-Alive: timeout=-9999999999999\r\nContent-Length: 2"}) {
            scripts.put("'" + printable(header) + "'", talk -> talk.say(OK + header + "\r\n\r\n{}").awaitClosed());
        }
        for (String chunk : new String[] {"zz\r\n{}\r\n", "-1\r\n{}\r\n", "FFFFFFFFFFFFFFFFF\r\n{}", "7FFFFFFF\r\n{}", "\r\n{}",
            "2\r\n{}{}\r\n0\r\n\r\n", "2{}\r\n0"}) {
            scripts.put("chunk '" + printable(chunk) + "'", talk -> talk.say(CHUNKED + chunk).awaitClosed());
        }
        scripts.put("401 with a strange challenge",
            talk -> talk.say("HTTP/1.1 401 X\r\nWWW-Authenticate: Negotiate \0,=\r\nContent-Length: 0\r\n\r\n")
            .awaitClosed());
        return scripts;
    }

    private static String printable(String text) {
        return text.replace("\r\n", "\\n").replace("\0", "\\0");
    }

    private static byte[] gzip(int size) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(body)) {
            byte[] zeros = new byte[1 << 16];
            for (int i = 0; i < size; i += zeros.length) {
                zip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes((OK + "Content-Encoding: gzip\r\nContent-Length: " + body.size() + "\r\n\r\n").getBytes());
        answer.writeBytes(body.toByteArray());
        return answer.toByteArray();
    }
}
