package org.trustpaybridge.order;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of the members that an order may have, and how a violation's path is made of them. */
final class OrderMembers {

    /** Texts about the customer beside e-mail and locale, each with its greatest length; the order is that of the request. */
    static final Map<String, Integer> CUSTOMER_LENGTHS = Map.of(
            "first_name", 25, "last_name", 25, "address1", 64, "address2", 64, "house_number", 10,
            "zip_code", 10, "city", 50, "state", 6, "phone", 25);

    static final List<String> CUSTOMER_TEXTS = List.of("first_name", "last_name", "address1", "address2", "house_number", "zip_code",
            "city", "state", "country", "phone", "ip_address", "forwarded_ip", "gender", "birthday", "user_agent", "referrer");

    static final List<String> CUSTOM_INFO = List.of("custom_1", "custom_2", "custom_3");

    static final List<String> VARIABLES = List.of("var1", "var2", "var3");

    static final List<String> PLUGIN = List.of("shop", "shop_version", "plugin_version", "partner", "shop_root_url");

    private static final Set<String> OTHERS = Set.of("type", "order_id", "currency", "amount", "gateway", "description", "custom_info",
            "payment_options", "notification_url", "redirect_url", "cancel_url", "close_window", "notification_method", "customer", "email",
            "locale", "disable_send_email", "days_active", "seconds_active", "second_chance", "send_email", "plugin",
            "data", "data_base64", "datacontenttype", "specversion");

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

    /** Whether an order or its envelope may have a member of this name; any other name may hold anything. */
    static boolean isKnown(String name) {
        return OTHERS.contains(name) || CUSTOMER_TEXTS.contains(name) || CUSTOM_INFO.contains(name) || VARIABLES.contains(name)
                || PLUGIN.contains(name);
    }
}
