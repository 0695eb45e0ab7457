package org.trustpaybridge.order;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * The order as MultiSafepay takes it for a TrustPay redirect. Optional members are null, or an empty map, when they are left out of the
 * request. {@link #toString()} shows neither personal data nor URLs.
 *
 * @param orderId              unique per site
 * @param orderIdType          how the id is written
 * @param money                what is to be paid
 * @param description          at most 200 characters, no HTML
 * @param customInfo           {@code custom_1} to {@code custom_3}; an empty object is sent when there are none
 * @param paymentOptions       the URLs
 * @param customer             who pays
 * @param daysActive           life of the payment page in days, 1 to 365; may be null
 * @param secondsActive        life of the payment page in seconds, 1 to 31,536,000, stronger than the days; may be null
 * @param variables            {@code var1} to {@code var3}
 * @param secondChanceSendEmail whether the provider reminds the customer by e-mail; may be null
 * @param plugin               names the program that made the order
 */
@JsonSerialize(using = TrustPayOrderJson.class)
public record TrustPayOrder(
        OrderId orderId,
        OrderIdType orderIdType,
        Money money,
        String description,
        Map<String, String> customInfo,
        PaymentOptions paymentOptions,
        Customer customer,
        Integer daysActive,
        Integer secondsActive,
        Map<String, String> variables,
        Boolean secondChanceSendEmail,
        Map<String, String> plugin) {

    public TrustPayOrder {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(orderIdType, "orderIdType");
        Objects.requireNonNull(money, "money");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(paymentOptions, "paymentOptions");
        Objects.requireNonNull(customer, "customer");
        customInfo = ordered(customInfo);
        variables = ordered(variables);
        plugin = ordered(plugin);
    }

    /** The request's body: UTF-8 JSON with the members in the order of the provider's document. */
    public byte[] toJson() {
        return TrustPayOrderJson.write(this);
    }

    @Override
    public String toString() {
        return "TrustPayOrder[" + orderId + ", " + money.minorUnits() + " " + money.currency() + "]";
    }

    private static Map<String, String> ordered(Map<String, String> texts) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /**
     * Where payments are reported to and where the customer lands.
     *
     * @param closeWindow        may be null
     * @param notificationMethod {@code POST} or {@code GET}; may be null
     */
    public record PaymentOptions(
            String notificationUrl, String redirectUrl, String cancelUrl, Boolean closeWindow, String notificationMethod) {

        public PaymentOptions {
            Objects.requireNonNull(notificationUrl, "notificationUrl");
            Objects.requireNonNull(redirectUrl, "redirectUrl");
            Objects.requireNonNull(cancelUrl, "cancelUrl");
        }

        /** URLs may carry tokens, so none is shown. */
        @Override
        public String toString() {
            return "PaymentOptions[***]";
        }
    }

    /**
     * Who pays.
     *
     * @param details          the other texts by their API names, in the order in which they are sent
     * @param disableSendEmail may be null
     */
    public record Customer(String email, String locale, Map<String, String> details, Boolean disableSendEmail) {

        public Customer {
            Objects.requireNonNull(email, "email");
            Objects.requireNonNull(locale, "locale");
            details = ordered(details);
        }

        /** All of it is personal, so none is shown. */
        @Override
        public String toString() {
            return "Customer[***]";
        }
    }
}
