package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** The token endpoint of an identity provider on this machine, over TLS: gives signed tokens (JWT) to one client for its id and secret. */
public final class TokenEndpoint implements AutoCloseable {

    /** Whom the tokens are for. */
    public static final String AUDIENCE = "kafka";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final TestCertificate certificate;
    private final String client;
    private final String secret;
    private final KeyPair keys;
    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Duration lifetime = Duration.ofMinutes(10);
    private volatile String instead;
    private volatile int status = 200;
    private volatile String issued = "";
    private HttpsServer server;
    private int port;

    private TokenEndpoint(TestCertificate certificate, String client, String secret) throws GeneralSecurityException {
        this.certificate = certificate;
        this.client = client;
        this.secret = secret;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    /** Gives tokens whose subject is the client. */
    public static TokenEndpoint of(TestCertificate certificate, String client, String secret) throws Exception {
        TokenEndpoint endpoint = new TokenEndpoint(certificate, client, secret);
        endpoint.start();
        return endpoint;
    }

    /** Where a client asks. */
    public String url() {
        return "https://127.0.0.1:" + port + "/oauth/token";
    }

    /** What brokers verify the tokens with. */
    public Path keysIn(Path folder) throws IOException {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Files.writeString(folder.resolve("jwks.json"),
            "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"test\",\"n\":\"%s\",\"e\":\"%s\"}]}"
            .formatted(number(key.getModulus()), number(key.getPublicExponent())));
    }

    /** How often somebody asked. */
    public int asked() {
        return asked.get();
    }

    /** The token that was given last. */
    public String issued() {
        return issued;
    }

    /** Of tokens from now on; a negative one is over when it is given. */
    public void lifetime(Duration from) {
        lifetime = from;
    }

    /** From now on all get this; {@code {id}} and {@code {secret}} stand for what the client has. */
    public void answer(int code, String body) {
        instead = body.replace("{id}", client).replace("{secret}", secret);
        status = code;
    }

    /** From now on clients get tokens again. */
    public void answerAsUsual() {
        instead = null;
    }

    /** Comes back, at the same place, if it is away. */
    public void start() {
        if (server != null) {
            return;
        }
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, TestCertificate.PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, TestCertificate.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        port = server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/oauth/token", this::serve);
        server.start();
    }

    /** Goes away. */
    public void stop() {
        server.stop(0);
        server = null;
    }

    private void serve(HttpExchange call) throws IOException {
        try (call) {
            asked.incrementAndGet();
            call.getRequestBody().readAllBytes();
            String login = "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
            if (instead != null) {
                reply(call, status, instead);
            } else if (login.equals(call.getRequestHeaders().getFirst("Authorization"))) {
                issued = token();
                reply(call, 200, "{\"access_token\":\"" + issued + "\",\"token_type\":\"Bearer\",\"expires_in\":" + lifetime.toSeconds()
                    + "}");
            } else {
                reply(call, 401, "{\"error\":\"invalid_client\",\"error_description\":\"not known: "
                    + call.getRequestHeaders().getFirst("Authorization") + "\"}");
            }
        }
    }

    private static void reply(HttpExchange call, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(code, bytes.length);
        call.getResponseBody().write(bytes);
    }

    private String token() {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"sub\":\"%s\",\"aud\":\"%s\",\"scope\":\"orders\",\"iat\":%d,\"exp\":%d}".formatted(client, AUDIENCE, now,
            now + lifetime.toSeconds());
        String text = encoded("{\"alg\":\"RS256\",\"kid\":\"test\",\"typ\":\"JWT\"}") + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
