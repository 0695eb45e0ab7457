package org.trustpaybridge.order;

import static java.util.Map.entry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds in an event of another shape the member that looks like one that is missing: {@code orderId}, {@code order.number},
 * {@code totalAmount}. Only names that mean one thing to everybody are looked for, and only those are told.
 */
final class Lookalikes {

    private static final int MAX_DEPTH = 4;

    /** Without signs and in lower case, the likeliest first. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            entry("order_id", List.of("orderid", "ordernumber", "orderno", "ordernr", "orderref", "orderreference", "incrementid", "id",
                    "number", "reference")),
            entry("currency", List.of("currency", "currencycode", "ordercurrency", "currencyiso", "presentmentcurrency", "curr")),
            entry("amount", List.of("totalamount", "grandtotal", "ordertotal", "totalprice", "amounttopay", "amount", "total", "centamount",
                    "sum", "price", "grosstotal", "totalgross", "grossamount", "gross")),
            entry("description", List.of("description", "title", "summary", "subject", "ordername")),
            entry("customer.email", List.of("emailaddress", "email", "customeremail", "contactemail", "buyeremail", "useremail", "mail")),
            entry("customer.locale", List.of("locale", "customerlocale", "language", "customerlanguage", "languagecode", "lang")),
            entry("payment_options.notification_url", List.of("notificationurl", "notifyurl", "webhookurl", "callbackurl", "ipnurl")),
            entry("payment_options.redirect_url", List.of("redirecturl", "returnurl", "successurl", "thankyouurl", "backurl")),
            entry("payment_options.cancel_url", List.of("cancelurl", "cancelledurl", "failureurl", "failurl")));

    /** Objects that may be on the way; below any other one a name may mean something else. */
    private static final Set<String> WAY = Set.of("order", "basket", "cart", "checkout", "purchase", "payload", "data", "body", "event",
            "message", "after", "customer", "buyer", "client", "user", "contact", "billing", "billingaddress", "payment", "totals", "total",
            "price", "amount", "totalprice", "grandtotal", "money", "urls", "links", "paymentoptions", "prices", "pricing", "amounts",
                "sums",
            "costs", "summary", "invoice", "details", "orderdetails", "ordersummary", "header", "contacts", "contactinfo", "person",
            "attrs", "attributes", "properties");

    /** Names that are somebody's id or number unless the order itself has them. */
    private static final Set<String> OF_THE_ORDER = Set.of("id", "number", "reference");
    private static final Set<String> ORDER = Set.of("", "order", "basket", "cart", "checkout", "purchase", "payload", "data", "after",
        "body");

    private Lookalikes() {
    }

    /** What follows the problem of a member that is missing; empty where nothing looks like it. */
    static String hint(JsonValue.Obj event, String member) {
        return find(event, member).map(path -> "; the event has " + path.substring(1).replace("[\"", "").replace("\"]", "")
                + ", which order.mapping can take: " + taken(member, expression(event, member, path))).orElse("");
    }

    /** As it stands in the object that a program makes: {@code customer: {email: .mail}}. */
    private static String taken(String member, String expression) {
        int dot = member.indexOf('.');
        return dot < 0 ? member + ": " + expression
            : member.substring(0, dot) + ": {" + member.substring(dot + 1) + ": " + expression + "}";
    }

    /** A whole one, that a program can have as it is: an argument is evaluated on what stands before the pipe. */
    private static String expression(JsonValue.Obj event, String member, String path) {
        if (member.equals("amount")) {
            boolean named = event.members().get("currency") instanceof JsonValue.Text;
            String currency = named ? ".currency" : find(event, "currency").map(where -> inUpperCase(event, where)).orElse(null);
            return currency == null ? "(" + path + " | minor_units(\"EUR\"))"
                : "(" + currency + " as $c | " + path + " | minor_units($c))";
        }
        return switch (member) {
            case "customer.locale" -> "locale(" + path + "; null)";
            case "currency" -> inUpperCase(event, path);
            default -> path;
        };
    }

    private static String inUpperCase(JsonValue.Obj event, String path) {
        JsonValue value = event;
        for (String step : path.substring(1).split("\\.")) {
            String name = step.replace("[\"", "").replace("\"]", "");
            value = value instanceof JsonValue.Obj object ? object.members().get(name) : null;
        }
        boolean lower = value instanceof JsonValue.Text text && !text.text().equals(text.text().toUpperCase(Locale.ROOT));
        return lower ? "(" + path + " | upcase)" : path;
    }

    private static Optional<String> find(JsonValue.Obj event, String member) {
        List<String> wanted = NAMES.getOrDefault(member, List.of());
        String best = null;
        int rank = Integer.MAX_VALUE;
        Deque<Place> places = new ArrayDeque<>(List.of(new Place(event, "", "", 0)));
        while (!places.isEmpty()) {
            Place at = places.poll();
            for (Map.Entry<String, JsonValue> each : at.object.members().entrySet()) {
                String name = plain(each.getKey());
                String path = at.path + step(each.getKey());
                if (each.getValue() instanceof JsonValue.Obj object) {
                    if (WAY.contains(name) && at.depth < MAX_DEPTH) {
                        places.add(new Place(object, path, name, at.depth + 1));
                    }
                    continue;
                }
                int index = wanted.indexOf(name);
                boolean own = !OF_THE_ORDER.contains(name) || ORDER.contains(at.name);
                int score = index < 0 ? Integer.MAX_VALUE : index + 20 * at.depth;
                // Members of an object come in no order, so one of two that are as good is taken by its name.
                boolean better = score < rank || score == rank && best != null && path.compareTo(best) < 0;
                boolean value = each.getValue() instanceof JsonValue.Text || each.getValue() instanceof JsonValue.Num;
                if (own && value && index >= 0 && better && !path.substring(1).equals(member)) {
                    best = path;
                    rank = score;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Names with anything else in them are not told. */
    private static String plain(String name) {
        return name.matches("[A-Za-z0-9_-]{1,40}") ? name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT) : "?";
    }

    private static String step(String name) {
        return name.indexOf('-') < 0 ? "." + name : ".[\"" + name + "\"]";
    }

    private record Place(JsonValue.Obj object, String path, String name, int depth) {
    }
}
