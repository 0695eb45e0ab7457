package org.trustpaybridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.order.EventFormat.Decoded;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.settings.RegistrySettings;
import org.trustpaybridge.settings.RegistrySettings.Login;
import org.trustpaybridge.settings.RegistrySettings.Store;
import org.trustpaybridge.settings.Secret;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.testkit.RegistryStub;
import org.trustpaybridge.testkit.TestCertificate;

/** Schemas are fetched from a registry, and kept. */
class SchemasOverTheWireTest {

    private static final String PASSWORD = "registry-password-51ce";
    private static final String INT = "\"int\"";

    private final RegistryStub stub = RegistryStub.started();
    private final List<String> counted = new CopyOnWriteArrayList<>();
    private Schemas schemas = schemas(settings(List.of(stub.url()), Optional.empty()));

    @AfterEach
    void close() {
        schemas.close();
        stub.close();
    }

    /** Time stands still here, so that it would not ask by itself. */
    @Test
    void what_waits_is_asked_for_at_once_when_there_is_another_password() {
        schemas.close();
        AtomicReference<RegistrySettings> settings = new AtomicReference<>(login("old"));
        stub.avro(7, INT);
        stub.wants("shop:new p\u00e4ss");
        schemas = new Schemas(new SchemaRegistry(settings::get, "test"), Duration.ofHours(1), counted::add, Lifeline.to(Ending.none()),
            Clock.systemUTC(), () -> 0);
        schemas.decode(event(7));
        await().until(() -> counted.contains("failed"));

        settings.set(settings.get().with(Setting.SCHEMA_REGISTRY_PASSWORD_FILE, new Secret("new p\u00e4ss")));
        schemas.askNow();

        await().until(() -> schemas.decode(event(7)) instanceof Decoded.AsJson);
        assertThat(counted).containsExactly("failed", "found");
    }

    private RegistrySettings login(String password) {
        return settings(List.of(stub.url()), Optional.of(new Login("shop", new Secret(password))));
    }

    @Test
    void a_schema_is_fetched_once_and_kept_also_when_the_registry_is_gone() {
        stub.avro(7, INT);
        assertThat(schemas.decode(event(7))).isInstanceOf(Decoded.NotYet.class);
        await().until(() -> schemas.decode(event(7)) instanceof Decoded.AsJson);

        stub.stop();

        assertThat(text(schemas.decode(event(7)))).isEqualTo("1");
        assertThat(stub.asked()).containsExactly("/registry/schemas/ids/7");
        assertThat(counted).containsExactly("found");
    }

    @Test
    void who_waits_is_told_when_a_schema_has_come() {
        stub.avro(7, INT);
        List<Decoded> seen = new CopyOnWriteArrayList<>();
        schemas.whenFound(() -> seen.add(schemas.decode(event(7))));

        schemas.decode(event(7));

        await().untilAsserted(() -> assertThat(seen).singleElement().isInstanceOf(Decoded.AsJson.class));
    }

    @Test
    void a_schema_that_refers_to_others_is_fetched_with_them_each_once() {
        stub.version("common money/v", 3, "{\"type\":\"record\",\"name\":\"Money\",\"namespace\":\"com.shop\",\"fields\":[]}");
        stub.version("line", 1,
            "{\"type\":\"record\",\"name\":\"Line\",\"namespace\":\"com.shop\",\"fields\":[{\"name\":\"m\",\"type\":\"Money\"}]}",
            "com.shop.Money|common money/v|3");
        stub.avro(9,
            "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"com.shop\",\"fields\":[{\"name\":\"l\",\"type\":\"com.shop.Line\"},"
            + "{\"name\":\"m\",\"type\":\"com.shop.Money\"}]}", "com.shop.Line|line|1", "com.shop.Money|common money/v|3");

        Decoded decoded = awaited(schemas, new IncomingEvent(RegistryStub.value(9, new byte[0]), Map.of()));

        assertThat(text(decoded)).isEqualTo("{\"l\":{\"m\":{}},\"m\":{}}");
        assertThat(stub.asked()).containsExactly("/registry/schemas/ids/9", "/registry/subjects/line/versions/1?deleted=true",
            "/registry/subjects/common%20money%2Fv/versions/3?deleted=true");
    }

    @Test
    void an_id_that_the_registry_does_not_have_is_asked_for_twice_and_is_a_violation_then() {
        Decoded decoded = awaited(schemas, event(404));

        assertThat(decoded).isEqualTo(Decoded.Undecodable.of("$", "schema 404, which the schema registry does not have",
            "the id of a schema that it has"));
        assertThat(stub.asked()).hasSize(2);
        assertThat(schemas.state().get()).isEmpty();
    }

    @Test
    void one_of_several_registries_is_enough() {
        stub.avro(7, INT);
        URI nobody = RegistryStub.notStarted().url();
        schemas.close();
        schemas = schemas(settings(List.of(nobody, stub.url()), Optional.empty()));

        assertThat(text(awaited(schemas, event(7)))).isEqualTo("1");
        assertThat(counted).containsExactly("found");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "500 | answers with status 500", "503 | answers with status 503", "429 | answers with status 429",
        "301 | answers with status 301",
        "401 | refuses user and password, or wants some (status 401)",
        "403 | does not allow this user to read schemas (status 403)",
        "404 | is not at this URL (status 404); look at the path of schema-registry.url",
        "200 | answers with something that is not its API; look at the path of schema-registry.url"})
    void a_registry_that_does_not_do_its_work_is_no_verdict_on_a_value(int status, String why) {
        stub.avro(7, INT);
        stub.fails(status);
        schemas.state().waiting(() -> 3);
        schemas.decode(event(7));
        await().untilAsserted(() -> assertThat(schemas.state().get()).singleElement().satisfies(condition -> {
            assertThat(condition.name()).isEqualTo(Condition.Name.SCHEMA_REGISTRY);
            assertThat(condition.detail()).contains(stub.url() + " " + why, "3 records wait").doesNotContain("no secret of yours");
        }));
        assertThat(schemas.decode(event(7))).isInstanceOf(Decoded.NotYet.class);

        stub.fails(0);

        assertThat(text(awaited(schemas, event(7)))).isEqualTo("1");
        assertThat(schemas.state().get()).isEmpty();
    }

    @Test
    void a_registry_that_hangs_holds_up_nobody_who_has_a_schema() {
        stub.avro(7, INT);
        stub.avro(8, INT);
        awaited(schemas, event(7));
        stub.hangs();

        assertThat(schemas.decode(event(8))).isInstanceOf(Decoded.NotYet.class);
        await().until(() -> stub.asked().size() == 2);

        assertThat(text(schemas.decode(event(7)))).isEqualTo("1");
        stub.goOn();
        assertThat(text(awaited(schemas, event(8)))).isEqualTo("1");
    }

    @Test
    void user_and_password_are_sent_and_a_wrong_one_is_told_without_it() {
        stub.avro(7, INT);
        stub.wants("shop:" + PASSWORD);
        schemas.state().waiting(() -> 1);
        schemas.decode(event(7));
        await().until(() -> !schemas.state().get().isEmpty());
        assertThat(schemas.state().get().toString()).contains("refuses user and password").doesNotContain(PASSWORD);
        schemas.close();

        schemas = schemas(settings(List.of(stub.url()), Optional.of(new Login("shop", new Secret(PASSWORD)))));

        assertThat(text(awaited(schemas, event(7)))).isEqualTo("1");
    }

    @Test
    void a_registry_with_a_certificate_of_its_own_that_asks_for_one(@TempDir Path folder) {
        TestCertificate certificate = TestCertificate.in(folder);
        Optional<Secret> password = Optional.of(new Secret(TestCertificate.PASSWORD));
        try (RegistryStub secured = RegistryStub.startedWith(certificate, true)) {
            secured.avro(7, INT);
            schemas.close();
            schemas = schemas(settings(List.of(secured.url()), Optional.empty()));
            schemas.state().waiting(() -> 1);
            schemas.decode(event(7));
            await().untilAsserted(() -> assertThat(schemas.state().get().toString()).contains("its certificate is not trusted"));
            schemas.close();

            schemas = schemas(new RegistrySettings(List.of(secured.url()), Optional.empty(),
                Optional.of(new Store(certificate.trustStore(), password)), Optional.of(new Store(certificate.keyStore(), password))));

            assertThat(text(awaited(schemas, event(7)))).isEqualTo("1");
        }
    }

    /** Read as a signed number it is below 0: no registry gives such an id, and one that was waited for would hold up all others. */
    @Test
    void an_id_beyond_what_a_registry_gives_is_a_violation_and_holds_up_nobody() {
        stub.avro(7, INT);

        assertThat(schemas.decode(new IncomingEvent(new byte[] {0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 2}, Map.of())))
            .isInstanceOf(Decoded.Undecodable.class);

        await().until(() -> schemas.decode(event(7)) instanceof Decoded.AsJson);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "'' | a value of 0 bytes", "'0' | a value of 1 byte",
            "{\"order_id\":1} | a value that begins with the byte 0x7B, as JSON without a schema does",
        "abcdefg | a value that begins with the byte 0x61"})
    void a_value_without_the_id_of_a_schema_is_a_violation(String value, String found) {
        assertThat(schemas.decode(new IncomingEvent(value.getBytes(StandardCharsets.UTF_8), Map.of())))
            .isEqualTo(Decoded.Undecodable.of("$", found,
            "the byte 0 and the id of a schema, as schema-registry.url is set"));
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void a_record_without_a_value_needs_no_schema() {
        IncomingEvent deleted = new IncomingEvent(null, Map.of());

        assertThat(schemas.decode(deleted)).isEqualTo(new Decoded.AsJson(deleted));
    }

    private Schemas schemas(RegistrySettings settings) {
        return new Schemas(new SchemaRegistry(() -> settings, "test"), Duration.ofMillis(700), counted::add, Lifeline.to(Ending.none()),
            Clock.systemUTC(), System::nanoTime);
    }

    private static RegistrySettings settings(List<URI> urls, Optional<Login> login) {
        return new RegistrySettings(urls, login, Optional.empty(), Optional.empty());
    }

    private static IncomingEvent event(int id) {
        return new IncomingEvent(RegistryStub.value(id, new byte[] {2}), Map.of());
    }

    private static Decoded awaited(Schemas schemas, IncomingEvent event) {
        return await().until(() -> schemas.decode(event), decoded -> !(decoded instanceof Decoded.NotYet));
    }

    private static String text(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.AsJson.class);
        return new String(((Decoded.AsJson) decoded).event().value(), StandardCharsets.UTF_8);
    }
}
