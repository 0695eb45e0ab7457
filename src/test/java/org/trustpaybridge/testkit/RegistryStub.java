package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

/**
 * Speaks the part of Confluent's registry API that readers use, as its documentation and its clients have it: {@code /schemas/ids/ID},
 * {@code /subjects/SUBJECT/versions/VERSION} and {@code /schemas/types}, error codes included, below the path {@code /registry}.
 */
public final class RegistryStub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/registry";

    private final Map<Integer, ObjectNode> schemas = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> versions = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestCertificate certificate;
    private final boolean asksForCertificate;
    private HttpServer server;
    private int port;
    private volatile String login;
    private volatile int status;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private RegistryStub(TestCertificate certificate, boolean asksForCertificate) {
        this.certificate = certificate;
        this.asksForCertificate = asksForCertificate;
        this.port = FreePorts.one();
    }

    /** One that listens. */
    public static RegistryStub started() {
        RegistryStub stub = new RegistryStub(null, false);
        stub.start();
        return stub;
    }

    /** One that does not listen yet. */
    public static RegistryStub notStarted() {
        return new RegistryStub(null, false);
    }

    /** One that speaks TLS, and asks for a certificate that this one signed, if it is to. */
    public static RegistryStub startedWith(TestCertificate certificate, boolean asksForCertificate) {
        RegistryStub stub = new RegistryStub(certificate, asksForCertificate);
        stub.start();
        return stub;
    }

    public URI url() {
        return URI.create((certificate == null ? "http" : "https") + "://127.0.0.1:" + port + ROOT);
    }

    /** Listens, again after {@link #stop}, on the same port. */
    public void start() {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
            server = certificate == null ? HttpServer.create(address, 0) : secured(address);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Registers a schema of Avro. */
    public void avro(int id, String schema, String... references) {
        register(id, null, schema, references);
    }

    /** @param type as the registry names it; null as it leaves it out for Avro */
    public void register(int id, String type, String schema, String... references) {
        schemas.put(id, node(type, schema, references));
    }

    /** Registers a version of a subject, for others to refer to it by {@code name|subject|version}. */
    public void version(String subject, int version, String schema, String... references) {
        versions.put(subject + "/" + version, node(null, schema, references));
    }

    private static ObjectNode node(String type, String schema, String... references) {
        ObjectNode node = JSON.createObjectNode().put("schema", schema);
        if (type != null) {
            node.put("schemaType", type);
        }
        if (references.length > 0) {
            ArrayNode array = node.putArray("references");
            for (String reference : references) {
                String[] parts = reference.split("\\|");
                array.addObject().put("name", parts[0]).put("subject", parts[1]).put("version", Integer.parseInt(parts[2]));
            }
        }
        return node;
    }

    /** @param userAndPassword with a colon between; null: nobody is asked */
    public void wants(String userAndPassword) {
        login = userAndPassword;
    }

    /** @param answered with nothing else; 0: as it should */
    public void fails(int answered) {
        status = answered;
    }

    /** Takes questions and answers none until {@link #goOn}. */
    public void hangs() {
        gate = new CountDownLatch(1);
    }

    public void goOn() {
        gate.countDown();
    }

    /** Paths that were asked for, with queries. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** A value in the wire format. */
    public static byte[] value(int id, byte[] payload) {
        return ByteBuffer.allocate(5 + payload.length).put((byte) 0).putInt(id).put(payload).array();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            gate.await();
            String authorization = login == null ? null
                : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            if (status != 0) {
                send(exchange, status, JSON.createObjectNode().put("error_code", status * 100).put("message", "no secret of yours"));
            } else if (authorization != null && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, JSON.createObjectNode().put("error_code", 401).put("message", "Unauthorized"));
            } else {
                reply(exchange, exchange.getRequestURI().getRawPath());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reply(HttpExchange exchange, String path) throws IOException {
        if (path.equals(ROOT + "/schemas/types")) {
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            write(exchange, 200, "[\"JSON\",\"PROTOBUF\",\"AVRO\"]".getBytes(StandardCharsets.UTF_8));
        } else if (path.matches(ROOT + "/schemas/ids/\\d+")) {
            ObjectNode found = schemas.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            send(exchange, found == null ? 404 : 200, found == null ? error(40403, "Schema not found") : found);
        } else if (path.matches(ROOT + "/subjects/[^/]+/versions/\\d+")) {
            String[] parts = path.split("/");
            ObjectNode found = versions.get(URLDecoder.decode(parts[3], StandardCharsets.UTF_8) + "/" + parts[5]);
            send(exchange, found == null ? 404 : 200, found == null ? error(40401, "Subject not found.") : found);
        } else {
            send(exchange, 404, error(404, "HTTP 404 Not Found"));
        }
    }

    private static ObjectNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        write(exchange, status, JSON.writeValueAsBytes(body));
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private HttpsServer secured(InetSocketAddress address) throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            char[] password = TestCertificate.PASSWORD.toCharArray();
            keys.init(KeyStore.getInstance(certificate.keyStore().toFile(), password), password);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(certificate.trustStore().toFile(), password));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters given = getSSLContext().getDefaultSSLParameters();
                    given.setNeedClientAuth(asksForCertificate);
                    parameters.setSSLParameters(given);
                }
            });
            return https;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gate.countDown();
        stop();
        threads.shutdownNow();
    }
}
