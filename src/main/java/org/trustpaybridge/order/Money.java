package org.trustpaybridge.order;

/**
 * An amount to pay.
 *
 * @param minorUnits the amount in minor units (cents), at least 1
 * @param currency   three upper-case letters, as ISO 4217 has them. Also a code that is not in use any more: an order of last year may be
 *                   remembered in one
 */
public record Money(long minorUnits, String currency) {

    /** @throws IllegalArgumentException when the amount is below 1 or the code is of another form */
    public Money {
        if (minorUnits < 1) {
            throw new IllegalArgumentException("minorUnits: found " + minorUnits + ", expected at least 1");
        }
        if (currency == null || !isCode(currency)) {
            throw new IllegalArgumentException("currency: expected three upper-case letters");
        }
    }

    private static boolean isCode(String text) {
        return text.length() == 3 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }
}
