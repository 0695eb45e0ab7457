package org.trustpaybridge.order.mapping;

/**
 * How much a regular expression may do between two looks at a character. Looks are counted when they happen; alternatives of nothing, as in
 * {@code (||)(||)(||)$}, look at none, and there are 3 to the power of 3 ways through these. Estimated from above, and nearly 1 for most.
 */
final class BlindWays {

    /** More than any run may take, and far from an overflow of what it is multiplied with. */
    private static final double MOST = 1e9;

    private final String regex;
    private boolean comments;
    private int at;

    private BlindWays(String regex, boolean comments) {
        this.regex = regex;
        this.comments = comments;
    }

    /**
     * The most work between two looks, in visits of parts of the expression: at least 1, at most 1,000,000,000.
     *
     * @param regex    a valid regular expression of Java's
     * @param comments whether white space in it means nothing
     */
    static long of(String regex, boolean comments) {
        BlindWays ways = new BlindWays(regex, comments);
        double work = 1;
        while (ways.at < regex.length()) {
            work = Math.max(work, ways.alternatives().work);
            ways.at++;
        }
        return (long) Math.min(MOST, work);
    }

    /**
     * A part of an expression.
     *
     * @param empty ways to match it without a character
     * @param tail  ways to end it after its last look at a character; 0 where it takes none
     * @param work  the most visits between two looks
     */
    private record Part(double empty, double tail, double work) {

        private static final Part CHARACTER = new Part(0, 1, 1);
        private static final Part NOTHING = new Part(1, 0, 1);

        Part {
            empty = Math.min(empty, MOST);
            tail = Math.min(tail, MOST);
            work = Math.min(work, MOST);
        }
    }

    private Part alternatives() {
        Part all = sequence();
        while (peek() == '|') {
            at++;
            Part one = sequence();
            all = new Part(all.empty + one.empty, Math.max(all.tail, one.tail), all.work + one.work);
        }
        return all;
    }

    private Part sequence() {
        double empty = 1;
        double reached = 1;
        double tail = 0;
        double segment = 0;
        double work = 1;
        while (at < regex.length() && peek() != '|' && peek() != ')') {
            Part next = repeated(atom());
            segment += reached * next.work;
            work = Math.max(work, segment);
            empty *= next.empty;
            tail = Math.max(tail * next.empty, next.tail);
            reached = Math.min(MOST, next.empty == 0 ? next.tail : Math.max(reached * next.empty, next.tail));
            segment = next.empty == 0 ? 0 : segment;
        }
        return new Part(empty, tail, work);
    }

    private Part atom() {
        char c = regex.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> set();
            case '\\' -> escape();
            case '^', '$' -> Part.NOTHING;
            case '#' -> comments ? skipTo('\n', Part.NOTHING) : Part.CHARACTER;
            default -> comments && Character.isWhitespace(c) ? Part.NOTHING : Part.CHARACTER;
        };
    }

    private Part group() {
        boolean look = false;
        if (peek() == '?') {
            at++;
            int start = at;
            while (at < regex.length() && ":>=!)".indexOf(peek()) < 0) {
                at++;
            }
            look = peek() == '=' || peek() == '!';
            String head = regex.substring(start, at);
            comments |= head.matches("[a-zA-Z]*x[a-zA-Z-]*");
            if (peek() == ')') {
                at++;
                return Part.NOTHING;
            }
            at++;
        }
        Part inside = alternatives();
        at++;
        return look ? new Part(1, 0, inside.work + 1) : inside;
    }

    private Part set() {
        int depth = 1;
        at += peek() == '^' ? 1 : 0;
        at += peek() == ']' ? 1 : 0;
        while (at < regex.length() && depth > 0) {
            char c = regex.charAt(at++);
            at += c == '\\' ? 1 : 0;
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        }
        return Part.CHARACTER;
    }

    private Part escape() {
        char c = at < regex.length() ? regex.charAt(at++) : ' ';
        if (c == 'Q') {
            int end = regex.indexOf("\\E", at);
            boolean nothing = end == at;
            at = end < 0 ? regex.length() : end + 2;
            return nothing ? Part.NOTHING : Part.CHARACTER;
        }
        if ("pPxNb".indexOf(c) >= 0 && peek() == '{') {
            skipTo('}', Part.CHARACTER);
        } else if (c == 'k') {
            skipTo('>', Part.NOTHING);
        }
        // What a group has taken may be nothing.
        return "bBAGzZEk".indexOf(c) >= 0 || c >= '1' && c <= '9' ? Part.NOTHING : Part.CHARACTER;
    }

    private Part skipTo(char end, Part then) {
        int found = regex.indexOf(end, at);
        at = found < 0 ? regex.length() : found + 1;
        return then;
    }

    private Part repeated(Part part) {
        Part all = part;
        while ("*+?{".indexOf(peek()) >= 0) {
            char c = regex.charAt(at++);
            double least = c == '+' ? 1 : 0;
            if (c == '{') {
                int from = at;
                skipTo('}', part);
                String number = regex.substring(from, Math.max(from, at - 1)).replaceAll(",.*", "").strip();
                least = number.matches("\\d{1,9}") ? Integer.parseInt(number) : MOST;
            }
            double empty = all.empty + (least == 0 ? 1 : 0);
            double again = Math.max(1, all.tail) * (all.work + 1) * (all.empty > 0 ? Math.max(1, least) : 1);
            all = new Part(empty, all.tail * (all.empty + 1), again);
        }
        return all;
    }

    private char peek() {
        return at < regex.length() ? regex.charAt(at) : '\0';
    }
}
