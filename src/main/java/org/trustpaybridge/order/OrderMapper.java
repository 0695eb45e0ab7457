package org.trustpaybridge.order;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns an event into the order that MultiSafepay takes for TrustPay, or into all the reasons why that is not possible. Members without a
 * rule are ignored, since events grow. No input makes it throw; it is safe for use by many threads.
 */
public final class OrderMapper {

    private static final TextRule CUSTOM = TextRule.atMost(500);
    /** The provider's schema says 500, its error page 100: the smaller one is safe with both. */
    private static final TextRule VARIABLE = TextRule.atMost(100);
    private static final TextRule PLUGIN = TextRule.atMost(OrderMembers.PLUGIN_LENGTH);
    private static final TextRule SHOP_URL = TextRule.atMost(WebUrl.MAX_LENGTH);

    static final String UNREADABLE = "a value that this program fails to read";

    private final MappingRules rules;
    private final TextRule currency;

    public OrderMapper(MappingRules rules) {
        this.rules = Objects.requireNonNull(rules, "rules");
        this.currency = TextRule.currency(rules.currencies());
    }

    /** Maps one event; the answer names everything that is wrong with it, not only the first mistake. */
    public Mapping map(IncomingEvent event) {
        Findings findings = new Findings();
        try {
            TrustPayOrder order = read(event, findings);
            if (order != null && findings.clean()) {
                return new Mapping.Accepted(order.orderId(), order, findings.changes(), findings.doubts(), findings.repairs());
            }
        } catch (RuntimeException e) {
            // A mistake in this program must cost one dead letter, not stop the partition. The message may quote content: not told.
            findings.violation("$", UNREADABLE + " (" + e.getClass().getSimpleName() + ")", "an order");
        }
        return new Mapping.Refused(OrderIdPeek.peek(event), findings.violations());
    }

    /** The same for what a mapping made; a problem says so, since the event itself has other members. */
    public Mapping map(ReadEvent.Mapped mapped) {
        Findings findings = new Findings();
        try {
            TrustPayOrder order = order(new Section("", (JsonValue.Obj) JsonValue.of(mapped.order()), findings), findings);
            if (order != null && findings.clean()) {
                return new Mapping.Accepted(order.orderId(), order, findings.changes(), findings.doubts(), findings.repairs());
            }
        } catch (RuntimeException e) {
            findings.violation("$", UNREADABLE + " (" + e.getClass().getSimpleName() + ")", "an order");
        }
        return new Mapping.Refused(mapped.orderId(), findings.violations().stream()
                .map(each -> new Violation(each.field(), each.problem() + ", in what " + mapped.mapping() + " made")).toList());
    }

    private TrustPayOrder read(IncomingEvent event, Findings findings) {
        Section members = Envelope.open(event, findings);
        if (members == null) {
            return null;
        }
        TrustPayOrder order = order(members, findings);
        findings.explainMissing(members);
        return order;
    }

    /** Reads every member before it looks at what is wrong; null when something is. */
    private TrustPayOrder order(Section members, Findings findings) {
        OptionalMembers optional = new OptionalMembers(rules.optionalFields(), findings);
        // These two say which payment is meant. Another one is not to be taken for TrustPay.
        members.text("type", TextRule.oneOf("redirect"));
        OrderId orderId = members.requiredOrderId("order_id");
        String code = members.requiredText("currency", currency);
        Long amount = members.requiredAmount("amount");
        members.text("gateway", TextRule.oneOf("TRUSTPAY"));
        String given = members.requiredAnyString("description", Description.EXPECTED);
        String description = given == null ? null
                : Description.apply(rules.descriptionPolicy(), given, members.path("description"), findings);
        Section customInfo = optional.section(members, "custom_info");
        Map<String, String> custom = customInfo == null ? Map.of() : optional.texts(customInfo, OrderMembers.CUSTOM_INFO, CUSTOM);
        Section options = members.section("payment_options");
        TrustPayOrder.PaymentOptions paymentOptions = options == null ? null : paymentOptions(options, orderId, optional, findings);
        Section person = members.section("customer");
        TrustPayOrder.Customer customer = person == null ? null : customer(person, optional);
        Integer days = optional.integer(members, "days_active", 365);
        Integer seconds = optional.integer(members, "seconds_active", 31_536_000);
        Map<String, String> variables = optional.texts(members, OrderMembers.VARIABLES, VARIABLE);
        Section secondChance = optional.section(members, "second_chance");
        Boolean sendEmail = secondChance == null ? null : optional.bool(secondChance, "send_email");
        Section program = optional.section(members, "plugin");
        Map<String, String> plugin = program == null ? Map.of() : plugin(program, optional);
        return findings.clean()
                ? new TrustPayOrder(orderId, rules.orderIdType(), new Money(amount, code), description, custom, paymentOptions, customer,
                        days, seconds, variables, sendEmail, plugin)
                : null;
    }

    private TrustPayOrder.PaymentOptions paymentOptions(Section options, OrderId orderId, OptionalMembers optional, Findings findings) {
        OrderDefaults defaults = rules.defaults();
        String notification = url(options, "notification_url", TextRule.NOTIFICATION_URL, defaults.notificationUrl(), orderId, findings);
        // A doubtful default is the operator's, and would be told with every order.
        String doubt = notification == null || !options.has("notification_url") ? null : WebUrl.doubt(notification);
        if (doubt != null) {
            findings.doubt(options.path("notification_url"), "found " + doubt + ", the provider recommends https without a port");
        }
        String redirect = url(options, "redirect_url", TextRule.URL, defaults.redirectUrl(), orderId, findings);
        String cancel = url(options, "cancel_url", TextRule.URL, defaults.cancelUrl(), orderId, findings);
        Boolean given = optional.bool(options, "close_window");
        Boolean closeWindow = given != null ? given : defaults.closeWindow();
        String method = optional.text(options, "notification_method", TextRule.oneOf("POST", "GET"));
        return notification == null || redirect == null || cancel == null ? null
                : new TrustPayOrder.PaymentOptions(notification, redirect, cancel, closeWindow, method != null ? method
                    : defaults.notificationMethod());
    }

    /** The event's own URL, else the default with the order id in it. */
    private static String url(Section options, String name, TextRule rule, String template, OrderId orderId, Findings findings) {
        if (options.has(name) || template == null) {
            return options.requiredText(name, rule);
        }
        if (orderId == null) {
            return OrderDefaults.needsOrderId(template) ? null : template;
        }
        String filled = OrderDefaults.fill(template, orderId);
        String found = rule.problem().apply(filled);
        if (found != null) {
            findings.violation(options.path(name), found + " in the configured default", rule.expected());
            return null;
        }
        return filled;
    }

    private static Map<String, String> plugin(Section program, OptionalMembers optional) {
        Map<String, String> texts = new LinkedHashMap<>(optional.texts(program, OrderMembers.PLUGIN, PLUGIN));
        texts.putAll(optional.texts(program, List.of(OrderMembers.SHOP_URL), SHOP_URL));
        return texts;
    }

    private static TrustPayOrder.Customer customer(Section person, OptionalMembers optional) {
        String email = person.requiredText("email", TextRule.EMAIL);
        String locale = optional.respelled(person, "locale", TextRule.LOCALE);
        Map<String, String> details = new LinkedHashMap<>();
        for (String name : OrderMembers.CUSTOMER_TEXTS) {
            String text = optional.text(person, name, customerRule(name));
            if (text != null) {
                details.put(name, text);
            }
        }
        Boolean disableSendEmail = optional.bool(person, "disable_send_email");
        return email == null || locale == null ? null : new TrustPayOrder.Customer(email, locale, details, disableSendEmail);
    }

    private static TextRule customerRule(String name) {
        return switch (name) {
            case "country" -> TextRule.COUNTRY;
            case "ip_address", "forwarded_ip" -> TextRule.IP;
            case "birthday" -> TextRule.BIRTHDAY;
            default -> TextRule.atMost(OrderMembers.CUSTOMER_LENGTHS.get(name));
        };
    }
}
