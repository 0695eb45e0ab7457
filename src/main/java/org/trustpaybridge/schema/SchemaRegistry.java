package org.trustpaybridge.schema;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.trustpaybridge.order.JsonFactories;
import org.trustpaybridge.settings.RegistrySettings;

/**
 * Asks a registry that speaks Confluent's API: Confluent's own, and others with an interface for its clients. Each question ends within
 * {@link #LONGEST}, whatever the other side does. Used by one thread at a time.
 */
public final class SchemaRegistry {

    /** For one answer with all its bytes, connection included. */
    static final Duration LONGEST = Duration.ofSeconds(10);
    /** For a schema with all that it refers to. */
    private static final Duration ALL = Duration.ofSeconds(60);
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    /** That a schema may refer to, directly or not. */
    private static final int MOST_REFERENCES = 200;
    /** No such subject, version, schema. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactories.shared().build());

    private final Supplier<RegistrySettings> settings;
    private final String agent;
    private HttpClient client;
    private long deadline;
    private int turn;

    /**
     * @param settings where it is and how to get in; asked for each question, as passwords change
     * @param agent    name of this program, for the other side's logs
     */
    public SchemaRegistry(Supplier<RegistrySettings> settings, String agent) {
        this.settings = settings;
        this.agent = agent;
    }

    /** @return where it is asked first, for people */
    public String url() {
        return settings.get().urls().get(0).toString();
    }

    /**
     * Asks something that any registry answers.
     *
     * @throws RegistryAwayException when it does not
     */
    public void ping() throws RegistryAwayException {
        Answer answer = ask("/schemas/types");
        if (answer.status != 200 || !answer.json().isArray()) {
            throw refused(answer);
        }
    }

    /** The schema of this id, with those that it refers to. */
    RegisteredSchema schema(int id) throws RegistryAwayException, UnknownSchemaException {
        deadline = System.nanoTime() + ALL.toNanos();
        JsonNode found = found(ask("/schemas/ids/" + id), "schema " + id);
        Map<String, String> references = new LinkedHashMap<>();
        gather(found, references, new ArrayList<>());
        return new RegisteredSchema(id, found.path("schemaType").asText("AVRO"), found.get("schema").textValue(),
            List.copyOf(references.values()));
    }

    /** Depth first, so that what is needed comes before who needs it. */
    private void gather(JsonNode schema, Map<String, String> texts, List<String> above) throws RegistryAwayException,
                        UnknownSchemaException {
        for (JsonNode reference : schema.path("references")) {
            String subject = reference.path("subject").asText();
            String version = reference.path("version").asText();
            String name = subject + " version " + version;
            if (texts.containsKey(name) || above.contains(name)) {
                continue;
            }
            if (texts.size() + above.size() >= MOST_REFERENCES) {
                throw new UnknownSchemaException("a schema that refers to more than " + MOST_REFERENCES + " others");
            }
            // Whoever wrote with a version may have deleted it since.
            if (System.nanoTime() - deadline > 0) {
                throw new RegistryAwayException("takes more than " + ALL.toSeconds() + " s for one schema with those that it refers to");
            }
            JsonNode found = found(ask("/subjects/" + encoded(subject) + "/versions/" + encoded(version) + "?deleted=true"),
                "a schema that one refers to");
            above.add(name);
            gather(found, texts, above);
            above.remove(name);
            texts.put(name, found.get("schema").textValue());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A 404 without the registry's own code is somebody else's: a wrong path, a proxy. */
    private static JsonNode found(Answer answer, String what) throws RegistryAwayException, UnknownSchemaException {
        JsonNode json = answer.json();
        if (answer.status == 200 && json.path("schema").isTextual()) {
            return json;
        }
        if (answer.status == 404 && NOT_FOUND.contains(json.path("error_code").asInt())) {
            throw new UnknownSchemaException(what + ", which the schema registry does not have");
        }
        throw refused(answer);
    }

    private static RegistryAwayException refused(Answer answer) {
        return new RegistryAwayException(switch (answer.status) {
            case 200 -> "answers with something that is not its API; look at the path of schema-registry.url";
            case 401 -> "refuses user and password, or wants some (status 401)";
            case 403 -> "does not allow this user to read schemas (status 403)";
            case 404 -> "is not at this URL (status 404); look at the path of schema-registry.url";
            default -> "answers with status " + answer.status;
        });
    }

    /** Of several URLs the one that answered last is asked first. */
    private Answer ask(String path) throws RegistryAwayException {
        RegistryAwayException away = null;
        RegistrySettings now = settings.get();
        for (int tries = 0; tries < now.urls().size(); tries++) {
            try {
                Answer answer = ask(now, now.urls().get(turn), path);
                if (answer.status < 500) {
                    return answer;
                }
                away = refused(answer);
            } catch (RegistryAwayException e) {
                away = e;
            }
            turn = (turn + 1) % now.urls().size();
        }
        throw away;
    }

    private Answer ask(RegistrySettings now, URI url, String path) throws RegistryAwayException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LONGEST).header("User-Agent", agent)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
        now.login().ifPresent(login -> request.header("Authorization", "Basic " + Base64.getEncoder()
            .encodeToString((login.user() + ":" + login.password().reveal()).getBytes(StandardCharsets.UTF_8))));
        CompletableFuture<HttpResponse<byte[]>> answer = null;
        try {
            answer = client(now).sendAsync(request.build(), info -> new BoundedBody(MOST_BYTES));
            HttpResponse<byte[]> response = answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw away(e.getCause());
        } catch (TimeoutException | GeneralSecurityException | IOException | RuntimeException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryAwayException("was not waited for");
        } finally {
            if (answer != null) {
                answer.cancel(true);
            }
        }
    }

    /** A client that failed is not used again: its stores may have been replaced, and its own thread may have ended. */
    private RegistryAwayException away(Throwable cause) {
        client = null;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return new RegistryAwayException("gives no answer within " + LONGEST.toSeconds() + " s");
        }
        if (cause instanceof ConnectException) {
            return new RegistryAwayException(cause.getCause() instanceof UnresolvedAddressException || hasUnresolved(cause)
                ? "has a host name that cannot be resolved" : "cannot be connected to");
        }
        if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
            return new RegistryAwayException("cannot be reached over TLS: its certificate is not trusted,"
                + " or it does not take the bridge's");
        }
        return new RegistryAwayException("breaks off the connection, or answers with what is no HTTP (" + cause.getClass().getSimpleName()
            + ")");
    }

    private static boolean hasUnresolved(Throwable cause) {
        return cause.getCause() instanceof ConnectException inner && inner.getCause() instanceof UnresolvedAddressException;
    }

    private HttpClient client(RegistrySettings now) throws IOException, GeneralSecurityException {
        if (client == null) {
            // It follows no redirect, which could carry the password elsewhere, and keeps to HTTP/1.1, which proxies know.
            HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTING);
            RegistryTls.context(now).ifPresent(builder::sslContext);
            client = builder.build();
        }
        return client;
    }

    private record Answer(int status, byte[] body) {

        /** Missing where the body is no JSON. */
        JsonNode json() {
            try {
                JsonNode json = JSON.readTree(body);
                return json == null ? MissingNode.getInstance() : json;
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }
    }
}
