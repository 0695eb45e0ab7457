package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void money_below_one_minor_unit_is_refused(long minorUnits) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Money(minorUnits, "CZK")).withMessageStartingWith("minorUnits: ");
    }

    /** What was published in levs is remembered after they are gone. */
    @Test
    void money_may_be_in_a_currency_that_is_gone() {
        assertThat(new Money(1, "BGN").currency()).isEqualTo("BGN");
    }

    @Test
    void money_in_an_unknown_currency_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Money(1, "czk")).withMessageStartingWith("currency: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "\uDC00", "0123456789012345678901234567890123456789-0123456789"})
    void an_order_id_that_breaks_a_rule_is_refused_without_its_text(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderId(text)).withMessageStartingWith("order id: found ");
    }

    @Test
    void an_order_id_prints_as_its_text() {
        assertThat(new OrderId("a-1")).hasToString("a-1");
    }

    @Test
    void a_default_url_that_fits_no_order_is_refused_by_name_without_its_text() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderDefaults(null, "shop.example/secret", null, null))
                .withMessageStartingWith("redirectUrl: found a relative URL").withMessageNotContaining("secret");
    }

    @Test
    void an_unknown_currency_in_the_allow_list_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MappingRules(OrderIdType.AUTO, DescriptionPolicy.FIX, OptionalFields.FIX,
                        Set.of("EURO"), OrderDefaults.none()))
                .withMessage("currencies: found \"EURO\", expected codes of ISO 4217 that are in use");
    }

    @Test
    void a_refusal_without_a_reason_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Mapping.Refused(Optional.empty(), List.of()));
    }

    @Test
    void an_event_keeps_only_the_headers_that_matter() {
        IncomingEvent event = new IncomingEvent(null, Map.of("Content-Type", "a/b", "CE_id", "1", "api_key", "k", "CamelHttpUri", "x"));

        assertThat(event.headers()).containsOnly(Map.entry("content-type", "a/b"), Map.entry("ce_id", "1"));
        assertThat(event.header("CONTENT-TYPE")).contains("a/b");
    }

    @Test
    void an_event_prints_its_size_only() {
        assertThat(new IncomingEvent(new byte[] {1, 2}, Map.of())).hasToString("IncomingEvent[2 bytes]");
    }
}
