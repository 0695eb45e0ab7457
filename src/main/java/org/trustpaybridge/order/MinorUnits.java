package org.trustpaybridge.order;

import java.math.BigDecimal;
import java.math.BigInteger;

/** From amounts as people write them to minor units, by the currency's exponent. Nothing is rounded, and nothing is guessed. */
public final class MinorUnits {

    private static final int MAX_LENGTH = 40;

    private MinorUnits() {
    }

    /**
     * @param text     digits, and where there is a fraction a dot and digits: {@code 10}, {@code 10.5}, {@code 10.00}
     * @param currency a code of ISO 4217 in use
     * @return {@code 1000} for {@code 10.00} CZK and for {@code 1000} JPY
     * @throws IllegalArgumentException when it is anything else, or has more digits than the currency; the message follows "found" and does
     *     not hold the text
     */
    public static BigInteger of(String text, String currency) {
        int digits = fractionDigits(currency);
        if (text.length() > MAX_LENGTH || !text.matches("-?[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException(text.isEmpty() ? "an empty string" : "a string that is no plain decimal number");
        }
        // "1.000" may be one with three digits or a thousand with a separator: told apart by nothing, so refused.
        return exact(new BigDecimal(text), digits, currency);
    }

    /**
     * @param amount   in the currency's major unit; zeros at the end of its fraction say nothing
     * @param currency a code of ISO 4217 in use
     * @return minor units
     * @throws IllegalArgumentException as above
     */
    public static BigInteger of(BigDecimal amount, String currency) {
        int digits = fractionDigits(currency);
        if (Math.abs((long) amount.scale()) > MAX_LENGTH || amount.precision() > MAX_LENGTH) {
            throw new IllegalArgumentException("a number beyond all bounds");
        }
        BigDecimal plain = amount.stripTrailingZeros();
        return exact(plain.scale() < 0 ? plain.setScale(0) : plain, digits, currency);
    }

    private static BigInteger exact(BigDecimal amount, int digits, String currency) {
        if (amount.scale() > digits) {
            throw new IllegalArgumentException("an amount with " + amount.scale() + (amount.scale() == 1 ? " digit" : " digits")
                    + " behind the point, of which " + currency + " has " + digits);
        }
        return amount.movePointRight(digits).toBigIntegerExact();
    }

    private static int fractionDigits(String currency) {
        if (!Currencies.inUse(currency)) {
            throw new UnknownCurrencyException("a currency that is no code of ISO 4217 in use (" + Texts.shownCode(currency) + ")");
        }
        return Currencies.fractionDigits(currency);
    }

    /** It is the currency that is wrong, and not the amount. */
    public static final class UnknownCurrencyException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        UnknownCurrencyException(String message) {
            super(message);
        }
    }
}
