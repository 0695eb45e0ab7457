package org.trustpaybridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.order.EventFormat.Decoded;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.testkit.RegistryStub;

/** Values of a registry as the JSON that people expect. */
class ValueReaderTest {

    private static final int ID = 7;

    static Stream<Arguments> values() {
        String uuid = "6f1c2d3e-0a4b-4c5d-8e9f-001122334455";
        return Stream.of(
            arguments("\"int\"", 42, "42"),
            arguments("\"long\"", Long.MAX_VALUE, "9223372036854775807"),
            arguments("\"boolean\"", true, "true"),
            arguments("\"double\"", 0.1, "0.1"),
            arguments("\"float\"", 0.1f, "0.1"),
            arguments("\"double\"", 1e21, "1000000000000000000000"),
            arguments("\"string\"", "Žluťoučký \"kůň\" \uD83D\uDE00", "\"Žluťoučký \\\"kůň\\\" \uD83D\uDE00\""),
            arguments("[\"null\",\"string\"]", null, "null"),
            arguments("[\"null\",\"string\"]", "plain", "\"plain\""),
            arguments("\"bytes\"", ByteBuffer.wrap(new byte[] {1, 2, -1}), "\"AQL/\""),
            arguments(logical("bytes", "decimal\",\"precision\":20,\"scale\":2,\"x\":\""), new BigDecimal("12345678901234567.10"),
                "12345678901234567.10"),
            arguments("{\"type\":\"fixed\",\"name\":\"Amount\",\"size\":8,\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}",
                new BigDecimal("-0.05"), "-0.05"),
            arguments(logical("bytes", "big-decimal"), new BigDecimal("10.000"), "10.000"),
            arguments(logical("long", "timestamp-millis"), Instant.parse("2026-11-22T10:15:30.123Z"), "\"2026-11-22T10:15:30.123Z\""),
            arguments(logical("long", "timestamp-micros"), Instant.parse("1969-12-31T23:59:59.999999Z"), "\"1969-12-31T23:59:59.999999Z\""),
            arguments(logical("long", "local-timestamp-millis"), LocalDateTime.parse("2026-11-22T10:15"), "\"2026-11-22T10:15:00\""),
            arguments(logical("int", "date"), LocalDate.parse("2024-02-29"), "\"2024-02-29\""),
            arguments(logical("int", "time-millis"), LocalTime.parse("10:15:00.5"), "\"10:15:00.5\""),
            arguments(logical("long", "time-micros"), LocalTime.parse("23:59:59.999999"), "\"23:59:59.999999\""),
            arguments(logical("string", "uuid"), UUID.fromString(uuid), "\"" + uuid + "\""),
            arguments("{\"type\":\"fixed\",\"name\":\"Id\",\"size\":16,\"logicalType\":\"uuid\"}", UUID.fromString(uuid), "\"" + uuid
                + "\""),
            arguments("{\"type\":\"array\",\"items\":[\"null\",\"int\"]}", Arrays.asList(1, null, 2), "[1,null,2]"),
            arguments("{\"type\":\"map\",\"values\":\"long\"}", Map.of("a", 5L), "{\"a\":5}"));
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @MethodSource("values")
    void a_value_is_the_json_that_people_expect(String schema, Object value, String json) {
        assertThat(json(read(schema, bytes(schema, value)))).isEqualTo(json);
    }

    @Test
    void an_enum_is_its_symbol_and_a_union_of_records_is_the_record() {
        String schema = """
            {"type":"record","name":"Order","namespace":"com.shop","fields":[
              {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","PAID"]}},
              {"name":"payer","type":["null",{"type":"record","name":"Person","fields":[{"name":"email","type":"string"}]},
                {"type":"record","name":"Company","fields":[{"name":"vat","type":"string"}]}]}]}""";
        Schema parsed = new Schema.Parser().parse(schema);
        Schema company = parsed.getField("payer").schema().getTypes().get(2);
        Object value = new GenericRecordBuilder(parsed).set("state", new GenericData.EnumSymbol(parsed.getField("state").schema(), "PAID"))
            .set("payer", new GenericRecordBuilder(company).set("vat", "CZ1").build()).build();

        assertThat(json(read(schema, AvroBytes.of(parsed, value)))).isEqualTo("{\"state\":\"PAID\",\"payer\":{\"vat\":\"CZ1\"}}");
    }

    @Property(tries = 300)
    void a_decimal_keeps_all_its_digits(@ForAll @BigRange(min = "-99999999999999999999999999",
        max = "99999999999999999999999999") BigInteger unscaled,
                                        @ForAll @IntRange(min = 0, max = 26) int scale) {
        String schema = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":26,\"scale\":" + scale + "}";
        BigDecimal value = new BigDecimal(unscaled, scale);

        assertThat(json(read(schema, bytes(schema, value)))).isEqualTo(value.toPlainString());
    }

    @Property(tries = 300)
    void a_time_is_the_same_moment_as_text(@ForAll long micros) {
        String schema = logical("long", "timestamp-micros");
        Instant time = Instant.parse(json(read(schema, bytes("\"long\"", micros))).replace("\"", ""));

        assertThat(BigDecimal.valueOf(time.getEpochSecond()).movePointRight(6).add(BigDecimal.valueOf(time.getNano() / 1000)))
            .isEqualTo(BigDecimal.valueOf(micros).setScale(0, RoundingMode.UNNECESSARY));
    }

    /** Whatever bytes there are, reading ends, and takes no more memory than an event may. */
    @Property(tries = 1_000)
    void no_bytes_make_it_throw(@ForAll @Size(max = 60) byte[] bytes) {
        String schema = """
            {"type":"record","name":"Tree","fields":[{"name":"more","type":{"type":"array","items":["null","Tree",
              {"type":"map","values":"bytes"},"double",{"type":"enum","name":"E","symbols":["A"]},"string",
              {"type":"long","logicalType":"timestamp-nanos"},{"type":"bytes","logicalType":"decimal","precision":4}]}}]}""";

        assertThat(read(schema, bytes)).isNotInstanceOf(Decoded.NotYet.class);
    }

    static Stream<Arguments> broken() {
        String order = "{\"type\":\"record\",\"name\":\"Order\","
            + "\"fields\":[{\"name\":\"customer\",\"type\":{\"type\":\"record\",\"name\":\"C\","
            + "\"fields\":[{\"name\":\"email\",\"type\":\"string\"}]}}]}";
        String endless = "{\"type\":\"record\",\"name\":\"Endless\",\"fields\":[{\"name\":\"next\",\"type\":\"Endless\"}]}";
        return Stream.of(
            arguments(order, "", "customer.email", "found bytes that end too early, expected a value of schema 7 (Order)"),
            arguments(order, "08616263", "customer.email",
                "found a length that goes beyond the bytes that are there, expected a value of schema 7"
                + " (Order)"),
            arguments(order, "feffffff0f61", "customer.email",
                "found a length that goes beyond the bytes that are there, expected a value of"
                + " schema 7 (Order)"),
            arguments(order, "0261ff", "$", "found 1 bytes behind the value, expected a value of schema 7 (Order) and nothing behind it"),
            arguments(order, "02ff", "customer.email", "found a string that is not UTF-8, expected UTF-8"),
            arguments("[\"null\",\"int\"]", "04", "$", "found branch 2 of a union, expected one of its 2 branches, counted from 0"),
            arguments("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}", "02", "$",
                "found symbol 1 of an enum, expected one of its 1 symbols, counted from 0"),
            arguments("\"double\"", "000000000000f07f", "$", "found Infinity, expected a number that JSON has"),
            arguments("{\"type\":\"int\",\"logicalType\":\"time-millis\"}", "01", "$",
                "found a number that is no time-millis, expected one in its"
                + " range"),
            arguments("{\"type\":\"bytes\",\"logicalType\":\"big-decimal\"}", "0e" + "0202" + "ffffffff0f", "$",
                "found a decimal of more than 500 digits, expected fewer"),
            arguments("{\"type\":\"array\",\"items\":\"null\"}", "8080808008", "$",
                "found a value that unfolds to more than an event may have, expected at most 1048576 bytes of JSON"),
            arguments(endless, "", ".next".repeat(64).substring(1), "found nesting deeper than 64, expected a flatter value"));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("broken")
    void bytes_that_are_no_value_are_told_by_their_place(String schema, String hex, String field, String problem) {
        Decoded decoded = read(schema, HexFormat.of().parseHex(hex));

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Undecodable.class, undecodable -> {
            assertThat(undecodable.violations()).hasSize(1);
            assertThat(undecodable.violations().get(0).field()).isEqualTo(field);
            assertThat(undecodable.violations().get(0).problem()).isEqualTo(problem);
        });
    }

    @Test
    void json_of_a_json_schema_is_taken_as_it_is() {
        byte[] value = RegistryStub.value(ID, "{\"amount\":10.00}".getBytes(StandardCharsets.UTF_8));

        Decoded decoded = ValueReader.of(new RegisteredSchema(ID, "JSON", "{}", List.of())).read(new IncomingEvent(value, Map.of()));

        assertThat(json(decoded)).isEqualTo("{\"amount\":10.00}");
    }

    @Test
    void what_says_that_the_value_is_avro_does_not_say_so_of_the_json() {
        ValueReader reader = ValueReader.of(new RegisteredSchema(ID, "AVRO", "\"int\"", List.of()));

        Decoded decoded = reader.read(new IncomingEvent(RegistryStub.value(ID, new byte[] {2}), Map.of("content-type", "application/avro",
            "ce_specversion", "1.0")));

        assertThat(((Decoded.AsJson) decoded).event().headers()).containsEntry("content-type", "application/json")
            .containsEntry("ce_specversion", "1.0");
    }

    @Test
    void a_schema_of_no_use_is_told_of_each_value() {
        IncomingEvent event = new IncomingEvent(RegistryStub.value(ID, new byte[] {0}), Map.of());

        assertThat(ValueReader.of(new RegisteredSchema(ID, "PROTOBUF", "message M {}", List.of())).read(event)).isEqualTo(
            Decoded.Undecodable.of("$", "schema 7 of type PROTOBUF", "a schema of type AVRO or JSON"));
        for (String schema : List.of("{\"type\":\"nonsense\"}", "", "null", "7", "{}", "{", "[null]", "{\"type\":null}",
            "{\"type\":\"array\"}",
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[null]}", "{\"type\":\"record\",\"name\":null,\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":7}", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":null}",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":\"x\"}",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}", "{\"type\":\"array\",\"items\":".repeat(900), "[".repeat(2_000))) {
            assertThat(ValueReader.of(new RegisteredSchema(ID, "AVRO", schema, List.of())).read(event))
                .as(schema.substring(0, Math.min(90, schema.length())))
                .isInstanceOf(Decoded.Undecodable.class);
        }
        assertThat(ValueReader.of(new RegisteredSchema(ID, "AVRO", "{\"type\":\"nonsense\"}", List.of())).read(event)).isEqualTo(
            Decoded.Undecodable.of("$", "schema 7, which Avro cannot parse", "a schema of Avro"));
    }

    private static String logical(String type, String logical) {
        return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}";
    }

    private static byte[] bytes(String schema, Object value) {
        return AvroBytes.of(new Schema.Parser().parse(schema), value);
    }

    private static Decoded read(String schema, byte[] payload) {
        return ValueReader.of(new RegisteredSchema(ID, "AVRO", schema, List.of())).read(new IncomingEvent(RegistryStub.value(ID, payload),
            Map.of()));
    }

    private static String json(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.AsJson.class);
        return new String(((Decoded.AsJson) decoded).event().value(), StandardCharsets.UTF_8);
    }
}
