package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.order.Events.accepted;
import static org.trustpaybridge.order.Events.event;
import static org.trustpaybridge.order.Events.violations;
import static org.trustpaybridge.order.Events.with;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventTest {

    private static final Map<String, String> STRUCTURED = Map.of("Content-Type", "application/cloudevents+json; charset=UTF-8");

    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/vnd.order+json"})
    void in_binary_mode_the_value_is_the_order(String contentType) {
        Mapping mapping = mapper.map(event(Events.SAMPLE, Map.of("CE_SpecVersion", "1.0", "content-type", contentType)));

        assertThat(accepted(mapping).orderId()).isEqualTo(new OrderId("my-order-id-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ce_specversion | 0.3        | ce_specversion | found "0.3", expected 1.0
            content-type   | text/plain | content-type   | found "text/plain", expected application/json or a type that ends with +json
            """)
    void in_binary_mode_version_and_type_are_checked(String header, String text, String field, String problem) {
        Map<String, String> headers = new java.util.HashMap<>(Map.of("ce_specversion", "1.0"));
        headers.put(header, text);

        Mapping mapping = mapper.map(event(with("amount", "0"), headers));

        assertThat(violations(mapping)).hasSize(2).contains(new Violation(field, problem));
    }

    @Test
    void without_ce_headers_a_content_type_is_no_matter() {
        Mapping mapping = mapper.map(event(Events.SAMPLE, Map.of("content-type", "text/plain")));

        assertThat(accepted(mapping).warnings()).hasSize(1);
    }

    @Test
    void in_structured_mode_the_order_is_in_data() {
        Mapping mapping = mapper.map(event(structured("\"data\":" + Events.SAMPLE), STRUCTURED));

        assertThat(accepted(mapping).order()).isEqualTo(accepted(mapper.map(event(Events.SAMPLE))).order());
    }

    @Test
    void in_structured_mode_the_order_may_be_in_base64() {
        String encoded = Base64.getEncoder().encodeToString(Events.SAMPLE.getBytes(StandardCharsets.UTF_8));

        Mapping mapping = mapper.map(event(structured("\"data_base64\":\"" + encoded + "\""), STRUCTURED));

        assertThat(accepted(mapping).order()).isEqualTo(accepted(mapper.map(event(Events.SAMPLE))).order());
    }

    @Test
    void in_structured_mode_paths_begin_with_data() {
        String bad = with("customer.email", "1");
        String encoded = Base64.getEncoder().encodeToString(bad.getBytes(StandardCharsets.UTF_8));

        Mapping plain = mapper.map(event(structured("\"data\":" + bad), STRUCTURED));
        Mapping base64 = mapper.map(event(structured("\"data_base64\":\"" + encoded + "\""), STRUCTURED));

        assertThat(violations(plain)).extracting(Violation::field).containsExactly("data.customer.email");
        assertThat(violations(base64)).isEqualTo(violations(plain));
        assertThat(((Mapping.Refused) base64).orderId()).contains(new OrderId("my-order-id-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"specversion":"1.0"}                                                     | data
            {"specversion":"1.0","data":null}                                         | data
            {"specversion":"1.0","data":"{}"}                                         | data
            {"specversion":"1.0","data":[]}                                           | data
            {"specversion":"1.0","data_base64":"%%%"}                                 | data_base64
            {"specversion":"1.0","data_base64":"W10="}                                | data_base64
            {"specversion":"1.0","data_base64":"e30=","data":{}}                      | data_base64
            {"specversion":"1.0","data_base64":1}                                     | data_base64
            []                                                                        | $
            """)
    void a_structured_event_without_a_usable_order_is_refused(String value, String field) {
        Mapping mapping = mapper.map(event(value, STRUCTURED));

        assertThat(violations(mapping)).extracting(Violation::field).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "specversion":"0.3"                                  | specversion
            "specversion":1.0                                    | specversion
            "x":1                                                | specversion
            "specversion":"1.0","datacontenttype":"text/xml"     | datacontenttype
            "specversion":"1.0","specversion":"1.0"              | specversion
            """)
    void the_attributes_of_a_structured_event_are_checked(String attributes, String field) {
        Mapping mapping = mapper.map(event("{" + attributes + ",\"data\":" + Events.SAMPLE + "}", STRUCTURED));

        assertThat(violations(mapping)).extracting(Violation::field).containsExactly(field);
        assertThat(((Mapping.Refused) mapping).orderId()).contains(new OrderId("my-order-id-1"));
    }

    @ParameterizedTest
    @CsvSource({"application/cloudevents-batch+json,found a batch of CloudEvents",
        "application/cloudevents+avro,found a CloudEvent in another"})
    void batches_and_other_formats_are_refused_by_name(String contentType, String problem) {
        Mapping mapping = mapper.map(event("[]", Map.of("content-type", contentType)));

        assertThat(violations(mapping)).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("content-type");
            assertThat(violation.problem()).startsWith(problem);
        });
    }

    private static String structured(String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"order\","
                + "\"datacontenttype\":\"application/json\"," + data + "}";
    }
}
