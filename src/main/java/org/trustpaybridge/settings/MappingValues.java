package org.trustpaybridge.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.trustpaybridge.order.DescriptionPolicy;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OptionalFields;
import org.trustpaybridge.order.OrderDefaults;
import org.trustpaybridge.order.OrderIdType;
import org.trustpaybridge.order.RefusedRuleException;
import org.trustpaybridge.order.mapping.EventMapping;
import org.trustpaybridge.order.mapping.MappingProblemException;

/** What was said with {@code order.*}: how an event becomes an order. */
final class MappingValues {

    private final GivenValues given;

    MappingValues(GivenValues given) {
        this.given = given;
    }

    /** @return the rules; empty when one of them is a problem */
    Optional<MappingRules> rules() {
        Optional<OrderIdType> idType = given.choice(Setting.ORDER_ID_TYPE, OrderIdType.class);
        Optional<DescriptionPolicy> policy = given.choice(Setting.ORDER_DESCRIPTION_POLICY, DescriptionPolicy.class);
        Optional<OptionalFields> optional = given.choice(Setting.ORDER_OPTIONAL_FIELDS, OptionalFields.class);
        Set<String> currencies = currencies();
        String own = orderUrl(Setting.ORDER_NOTIFICATION_URL, url -> new OrderDefaults(url, null, null, null));
        String ours = orderUrl(Setting.NOTIFICATIONS_PUBLIC_URL, url -> new OrderDefaults(url, null, null, null));
        boolean received = given.text(Setting.NOTIFICATIONS_ENABLED).filter("true"::equals).isPresent();
        String notification = own == null && received ? ours : own;
        String redirect = orderUrl(Setting.ORDER_REDIRECT_URL, url -> new OrderDefaults(null, url, null, null));
        String cancel = orderUrl(Setting.ORDER_CANCEL_URL, url -> new OrderDefaults(null, null, url, null));
        Boolean closeWindow = given.textThat(Setting.ORDER_CLOSE_WINDOW, SettingsLoader::isBoolean)
            .map(Boolean::valueOf).orElse(null);
        return idType.flatMap(type -> policy.flatMap(chosen -> optional.map(fields ->
            new MappingRules(type, chosen, fields, currencies, new OrderDefaults(notification, redirect, cancel, closeWindow,
                received ? "POST" : null)))));
    }

    /**
     * A path that is not absolute is looked for in the working directory, then where the folder of the settings file stands.
     *
     * @param settings the properties file; empty: none
     * @return the mapping; empty when there is none, or it is a problem
     */
    Optional<EventMapping> mapping(Optional<Path> settings) {
        return given.text(Setting.ORDER_MAPPING).flatMap(text -> {
            try {
                Optional<Path> folder = settings.map(Path::toAbsolutePath).map(Path::getParent).map(Path::getParent);
                Path here = Path.of(text);
                return Optional.of(EventMapping.load(Files.exists(here) ? here
                    : folder.map(each -> each.resolve(text)).filter(Files::exists).orElse(here)));
            } catch (MappingProblemException e) {
                given.problem(Setting.ORDER_MAPPING, e.getMessage(),
                    "Correct the file, or name another one; docs/mapping.md has examples.");
            } catch (InvalidPathException e) {
                given.problem(Setting.ORDER_MAPPING, "found a path that cannot be one", "Name a file.");
            }
            return Optional.empty();
        });
    }

    private Set<String> currencies() {
        Set<String> currencies = new LinkedHashSet<>();
        for (String code : given.text(Setting.ORDER_CURRENCIES).orElse("").split(",")) {
            String currency = code.strip();
            if (!currency.isEmpty() && passes(Setting.ORDER_CURRENCIES, () -> new MappingRules(OrderIdType.AUTO, DescriptionPolicy.FIX,
                OptionalFields.FIX, Set.of(currency), OrderDefaults.none()))) {
                currencies.add(currency);
            }
        }
        return currencies;
    }

    private String orderUrl(Setting setting, Function<String, OrderDefaults> check) {
        return given.text(setting).filter(url -> passes(setting, () -> check.apply(url))).orElse(null);
    }

    /** The mapping has the only rule; what it refuses becomes the problem of the key. */
    private boolean passes(Setting setting, Supplier<?> construction) {
        try {
            return construction.get() != null;
        } catch (RefusedRuleException e) {
            given.problem(setting, e.problem());
            return false;
        }
    }
}
