package org.trustpaybridge.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The id of an order as text. The integer {@code 7} and the string {@code "7"} are the same id: the provider answers with either.
 *
 * @param text 1 to 50 characters (Unicode code points) of which one at least can be seen, no control character, no half surrogate pair
 */
public record OrderId(String text) {

    /** The longest id, in characters, that MultiSafepay takes. */
    public static final int MAX_LENGTH = 50;

    /** More digits than this do not survive a reader that holds numbers as IEEE doubles. */
    private static final int MAX_INTEGER_DIGITS = 15;

    /** @throws IllegalArgumentException when the text breaks a rule; the message does not contain the text */
    public OrderId {
        String found = problem(text);
        if (found != null) {
            throw new IllegalArgumentException("order id: found " + found);
        }
    }

    /** What is wrong with a text as an order id, in words that follow "found"; null when nothing is. */
    static String problem(String text) {
        if (text == null) {
            return "null";
        }
        String flaw = Texts.flaw(text, false);
        if (flaw != null) {
            return flaw;
        }
        if (text.isBlank()) {
            return text.isEmpty() ? "an empty string" : "a string of white space only";
        }
        if (text.codePoints().noneMatch(Texts::visible)) {
            return "a string in which nothing can be seen";
        }
        int length = Texts.length(text);
        return length > MAX_LENGTH ? "a text of " + length + " characters" : null;
    }

    /**
     * @return whether the id can be a segment of a path: servers, and what stands before them, take {@code .} and {@code ..} for another
     *     place, also when they are percent-encoded
     */
    public boolean fitsAPath() {
        return !text.equals(".") && !text.equals("..");
    }

    /**
     * The id as it is written in the request. With {@link OrderIdType#AUTO} an id of at most 15 ASCII digits without a leading zero
     * becomes an integer; {@code 0} alone is such an id, since an integer keeps it whole.
     */
    public JsonNode jsonValue(OrderIdType type) {
        return isInteger(type) ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text);
    }

    /** Whether the request has it as a JSON integer. */
    public boolean isInteger(OrderIdType type) {
        return type == OrderIdType.AUTO && fitsAnInteger();
    }

    private boolean fitsAnInteger() {
        return text.length() <= MAX_INTEGER_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
    }

    @Override
    public String toString() {
        return text;
    }
}
