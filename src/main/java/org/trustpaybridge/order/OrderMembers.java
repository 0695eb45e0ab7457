package org.trustpaybridge.order;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The names of the members that an order may have, and how a violation's path is made of them. */
public final class OrderMembers {

    /** For a text whose greatest length no document of MultiSafepay's names: none needs more, and no event can blow up the request. */
    private static final int NAME = 255;
    private static final int HEADER = 1000;

    /** The greatest lengths of texts about the customer that have no rule of their own. The first nine are MultiSafepay's. */
    static final Map<String, Integer> CUSTOMER_LENGTHS = Map.ofEntries(entry("first_name", 25), entry("last_name", 25),
            entry("address1", 64), entry("address2", 64), entry("house_number", 10), entry("zip_code", 10), entry("city", 50),
            entry("state", 6), entry("phone", 25), entry("gender", NAME), entry("reference", NAME), entry("user_agent", HEADER),
            entry("referrer", WebUrl.MAX_LENGTH));

    /** In the order of the request. */
    static final List<String> CUSTOMER_TEXTS = List.of("first_name", "last_name", "address1", "address2", "house_number", "zip_code",
            "city", "state", "country", "phone", "ip_address", "forwarded_ip", "gender", "reference", "birthday", "user_agent", "referrer");

    static final List<String> CUSTOM_INFO = List.of("custom_1", "custom_2", "custom_3");

    static final List<String> VARIABLES = List.of("var1", "var2", "var3");

    static final List<String> PLUGIN = List.of("shop", "shop_version", "plugin_version", "partner");

    static final String SHOP_URL = "shop_root_url";

    static final int PLUGIN_LENGTH = NAME;

    private static final Set<String> OTHERS = Set.of("type", "order_id", "currency", "amount", "gateway", "description", "custom_info",
            "payment_options", "notification_url", "redirect_url", "cancel_url", "close_window", "notification_method", "customer", "email",
            "locale", "disable_send_email", "days_active", "seconds_active", "second_chance", "send_email", "plugin",
            "data", "data_base64", "datacontenttype", "specversion");

    private static final List<String> OTHER_REPAIRABLE = List.of("custom_info", "payment_options.close_window",
            "payment_options.notification_method", "customer.locale", "customer.disable_send_email", "days_active", "seconds_active",
            "second_chance", "second_chance.send_email", "plugin", "plugin." + SHOP_URL);

    private OrderMembers() {
    }

    /**
     * The path of a member, or null where it leads through a name that is not one of ours: such a name may hold anything, personal data
     * too, and is not told.
     *
     * @param path the path of the object around it, {@code $} for the whole value, may be null
     */
    static String child(String path, String name) {
        if (path == null || !isKnown(name)) {
            return null;
        }
        return path.equals("$") ? name : path + "." + name;
    }

    /** The paths of all members that may be repaired or left out, for whoever counts them. */
    public static List<String> repairable() {
        return Stream.of(CUSTOMER_TEXTS.stream().map(name -> "customer." + name), CUSTOM_INFO.stream().map(name -> "custom_info." + name),
                VARIABLES.stream(), PLUGIN.stream().map(name -> "plugin." + name), OTHER_REPAIRABLE.stream())
                .flatMap(names -> names).sorted().toList();
    }

    /** Whether an order or its envelope may have a member of this name; any other name may hold anything. */
    static boolean isKnown(String name) {
        return OTHERS.contains(name) || CUSTOMER_TEXTS.contains(name) || CUSTOM_INFO.contains(name) || VARIABLES.contains(name)
                || PLUGIN.contains(name) || name.equals(SHOP_URL);
    }
}
