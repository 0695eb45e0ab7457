package org.trustpaybridge.order;

import java.util.Objects;
import java.util.Set;

/**
 * The settings that decide how an event becomes an order.
 *
 * @param orderIdType       how the order id is written
 * @param descriptionPolicy what happens to a description that does not fit
 * @param optionalFields    what happens to an optional member that breaks its rule
 * @param currencies        the ISO 4217 codes that pass; empty means all that are in use
 * @param defaults          what events may leave out
 */
public record MappingRules(OrderIdType orderIdType, DescriptionPolicy descriptionPolicy, OptionalFields optionalFields,
                           Set<String> currencies, OrderDefaults defaults) {

    /** @throws RefusedRuleException when a currency code is not in use by ISO 4217 */
    public MappingRules {
        Objects.requireNonNull(orderIdType, "orderIdType");
        Objects.requireNonNull(descriptionPolicy, "descriptionPolicy");
        Objects.requireNonNull(optionalFields, "optionalFields");
        Objects.requireNonNull(defaults, "defaults");
        currencies = Set.copyOf(currencies);
        for (String code : currencies) {
            if (!Currencies.inUse(code)) {
                throw new RefusedRuleException("currencies", "found " + Texts.shown(code) + ", expected codes of ISO 4217 that are in use");
            }
        }
    }

    /** The rules that hold when nothing is set. */
    public static MappingRules standard() {
        return new MappingRules(OrderIdType.AUTO, DescriptionPolicy.FIX, OptionalFields.FIX, Set.of(), OrderDefaults.none());
    }
}
