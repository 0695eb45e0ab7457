package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MinorUnitsTest {

    /** The digits of a currency by ISO 4217, against those that the running JDK knows. */
    @Test
    void the_exponents_are_those_of_the_jdk_where_it_knows_the_currency() {
        for (Currency currency : Currency.getAvailableCurrencies()) {
            String code = currency.getCurrencyCode();
            if (Currencies.inUse(code)) {
                assertThat(Currencies.fractionDigits(code)).as(code).isEqualTo(currency.getDefaultFractionDigits());
            }
        }
    }

    @Property
    void what_is_written_with_all_digits_of_its_currency_comes_back(@ForAll @LongRange(min = 0) long minor,
        @ForAll @IntRange(max = 2) int which) {
        String currency = List.of("JPY", "CZK", "KWD").get(which);
        BigDecimal amount = BigDecimal.valueOf(minor, Currencies.fractionDigits(currency));

        assertThat(MinorUnits.of(amount.toPlainString(), currency)).isEqualTo(BigInteger.valueOf(minor));
        assertThat(MinorUnits.of(amount, currency)).isEqualTo(BigInteger.valueOf(minor));
    }
}
