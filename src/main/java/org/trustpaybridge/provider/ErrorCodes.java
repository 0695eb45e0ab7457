package org.trustpaybridge.provider;

import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** What MultiSafepay's error codes say about the order; a code that is not listed is unclear. */
public final class ErrorCodes {

    /** Amount, currency, IP address, description, variable, missing data, country; the shopping cart's are 1024 to 1031. */
    private static final Set<Integer> DATA = Set.of(1001, 1002, 1007, 1008, 1010, 1016, 1018);

    /** Site inactive (1019), account blocked (1020), gateway not available (1023), wrong API key (1032) and their kin. */
    private static final Set<Integer> ACCOUNT = Set.of(1003, 1004, 1005, 1011, 1012, 1013, 1015, 1019, 1020, 1023, 1032, 1035);

    /** What {@code GET /gateways/TRUSTPAY} tells as well. */
    private static final Set<Integer> KEY_AND_GATEWAY = Set.of(1023, 1032);

    private static final int FIRST_OF_CART = 1024;
    private static final int LAST_OF_CART = 1031;
    private static final int ID_ALREADY_USED = 1006;
    private static final int TRY_AGAIN = 1021;

    /** Documented, but with no clear cause: unknown error, order not possible now, refund not possible, unknown. */
    private static final Set<Integer> WITHOUT_CLEAR_CAUSE = Set.of(1000, 1014, 1022, 9999);

    private ErrorCodes() {
    }

    /** @return the codes that the provider's documents name, so that they can be told apart without taking in any number that may come */
    public static SortedSet<Integer> named() {
        SortedSet<Integer> named = new TreeSet<>(DATA);
        for (int code = FIRST_OF_CART; code <= LAST_OF_CART; code++) {
            named.add(code);
        }
        named.addAll(ACCOUNT);
        named.addAll(WITHOUT_CLEAR_CAUSE);
        named.add(ID_ALREADY_USED);
        named.add(TRY_AGAIN);
        return named;
    }

    static OutcomeKind kind(int code) {
        if (DATA.contains(code) || code >= FIRST_OF_CART && code <= LAST_OF_CART) {
            return OutcomeKind.REJECTED;
        }
        if (ACCOUNT.contains(code)) {
            return OutcomeKind.ACCOUNT_FAULT;
        }
        if (code == ID_ALREADY_USED) {
            return OutcomeKind.DUPLICATE;
        }
        return code == TRY_AGAIN ? OutcomeKind.TRANSIENT : OutcomeKind.UNCLEAR;
    }

    /** Whether a code is about the account, and about more than key and gateway. */
    static boolean refuseAccount(int code) {
        return ACCOUNT.contains(code) && !KEY_AND_GATEWAY.contains(code);
    }

    /** The code as an integer; digits in a string are one too, since the same API also writes {@code "false"} in quotes. */
    static OptionalInt read(JsonNode code) {
        if (code.isIntegralNumber() && code.canConvertToInt()) {
            return OptionalInt.of(code.intValue());
        }
        boolean digits = code.isTextual() && code.textValue().matches("[0-9]{1,9}");
        return digits ? OptionalInt.of(Integer.parseInt(code.textValue())) : OptionalInt.empty();
    }
}
