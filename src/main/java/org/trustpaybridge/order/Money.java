package org.trustpaybridge.order;

/**
 * An amount to pay.
 *
 * @param minorUnits the amount in minor units (cents), at least 1
 * @param currency   an ISO 4217 code, three upper-case letters
 */
public record Money(long minorUnits, String currency) {

    /** @throws IllegalArgumentException when the amount is below 1 or the code is not one of ISO 4217 */
    public Money {
        if (minorUnits < 1) {
            throw new IllegalArgumentException("minorUnits: found " + minorUnits + ", expected at least 1");
        }
        if (currency == null || !Currencies.exists(currency)) {
            throw new IllegalArgumentException("currency: expected a code of ISO 4217");
        }
    }
}
