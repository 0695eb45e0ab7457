package org.trustpaybridge.order;

import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** The currency codes of ISO 4217 as the running JDK knows them. */
final class Currencies {

    private static final Set<String> CODES =
            Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).collect(Collectors.toUnmodifiableSet());

    private Currencies() {
    }

    static boolean exists(String code) {
        return CODES.contains(code);
    }
}
