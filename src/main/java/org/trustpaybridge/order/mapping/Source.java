package org.trustpaybridge.order.mapping;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserTokenManager;
import net.thisptr.jackson.jq.internal.javacc.ParseException;
import net.thisptr.jackson.jq.internal.javacc.SimpleCharStream;
import net.thisptr.jackson.jq.internal.javacc.Token;
import net.thisptr.jackson.jq.internal.javacc.TokenMgrError;

/**
 * The text of a program. jackson-jq's parser keeps neither places nor the digits of numbers; both are found again here, by walking the
 * words of the text in the order in which {@link Rebuild} walks the parsed program, which is the same.
 */
final class Source implements ExpressionParserConstants {

    static final Version VERSION = Versions.JQ_1_7;

    private static final String NO_ELSE = "else . ";

    private final String text;
    private final List<Token> tokens;
    private int next;
    private Token last;

    /** @throws CompileException when it has a character that no program has */
    Source(String text) throws CompileException {
        this.text = withElse(text, tokens(text));
        this.tokens = tokens(this.text);
    }

    /** @throws CompileException when it is no program */
    Expression parse() throws CompileException {
        for (Token token : tokens) {
            checkNumber(token);
        }
        try {
            return ExpressionParser.compile(text, VERSION);
        } catch (JsonQueryException e) {
            throw at(e.getCause());
        } catch (StackOverflowError e) {
            throw new CompileException(1, 1, "the program is nested too deep");
        }
    }

    /** All names that stand in the program. */
    Set<String> names() {
        return tokens.stream().filter(token -> token.kind == IDENTIFIER || token.kind == IDENTIFIER_AFTER_DOT).map(token -> token.image)
            .collect(Collectors.toSet());
    }

    /** Goes on to the next place of a word. Where there is none, the last one counts. */
    ProgramPlace seek(String word, String looked) {
        for (int i = next; i < tokens.size(); i++) {
            if (tokens.get(i).image.equals(word) && tokens.get(i).kind != VISIBLE_CHAR) {
                next = i + 1;
                last = tokens.get(i);
                break;
            }
        }
        return here(looked);
    }

    /** The next number as it is written; null when there is none. */
    BigDecimal seekNumber() {
        for (int i = next; i < tokens.size(); i++) {
            if (isNumber(tokens.get(i))) {
                next = i + 1;
                last = tokens.get(i);
                return new BigDecimal(last.image);
            }
        }
        return null;
    }

    /** The place of the last word that was found. */
    ProgramPlace here(String looked) {
        return last == null ? new ProgramPlace(1, 1, looked) : new ProgramPlace(last.beginLine, last.beginColumn, looked);
    }

    private static void checkNumber(Token token) throws CompileException {
        if (token.kind == INTEGER_LITERAL && token.image.length() > 18 || token.image.length() > 100 && isNumber(token)) {
            throw new CompileException(token.beginLine, token.beginColumn, "found a number of " + token.image.length()
                + " digits, expected at most 18 without a point");
        }
    }

    private static boolean isNumber(Token token) {
        return token.kind == INTEGER_LITERAL || token.kind == FLOAT_LITERAL;
    }

    /** jackson-jq wants an {@code else} where jq has done without one since 1.7. */
    private static String withElse(String text, List<Token> tokens) {
        Deque<Boolean> without = new ArrayDeque<>();
        List<Integer> places = new ArrayList<>();
        int[] lines = lines(text);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean key = i + 1 < tokens.size() && tokens.get(i + 1).kind == COLON
                || i > 0 && tokens.get(i - 1).kind == DOLLAR;
            if (key) {
                continue;
            }
            if (token.kind == KEYWORD_IF) {
                without.push(true);
            } else if (token.kind == KEYWORD_ELSE && !without.isEmpty()) {
                without.pop();
                without.push(false);
            } else if (token.kind == KEYWORD_END && !without.isEmpty() && without.pop()) {
                places.add(offset(text, lines, token));
            }
        }
        StringBuilder whole = new StringBuilder(text);
        for (int i = places.size() - 1; i >= 0; i--) {
            whole.insert(places.get(i), NO_ELSE);
        }
        return whole.toString();
    }

    private static int[] lines(String text) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                starts.add(i + 1);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The column counts a tab as one, see {@link #tokens}. */
    private static int offset(String text, int[] lines, Token token) {
        return Math.min(lines[token.beginLine - 1] + token.beginColumn - 1, text.length());
    }

    private static List<Token> tokens(String text) throws CompileException {
        SimpleCharStream in = new SimpleCharStream(new StringReader(text));
        in.setTabSize(1);
        ExpressionParserTokenManager words = new ExpressionParserTokenManager(in);
        List<Token> tokens = new ArrayList<>();
        try {
            for (Token token = words.getNextToken(); token.kind != EOF; token = words.getNextToken()) {
                tokens.add(token);
            }
            return tokens;
        } catch (TokenMgrError e) {
            throw new CompileException(in.getEndLine(), Math.max(in.getEndColumn(), 1), "found a character that no program has there");
        }
    }

    private CompileException at(Throwable cause) {
        if (tokens.isEmpty()) {
            return new CompileException(1, 1, "the program is empty, expected one that ends with an order");
        }
        if (cause instanceof ParseException e && e.currentToken != null) {
            Token token = e.currentToken.next;
            return new CompileException(token.beginLine, column(token), token.kind == EOF ? "the program ends too early"
                : "found " + shown(token.image) + ", which cannot stand there");
        }
        // Parts of a pipe that need one behind them, the only error that the grammar itself does not know.
        Token word = tokens.stream().filter(token -> token.kind == KEYWORD_AS || token.kind == KEYWORD_LABEL)
            .reduce((first, second) -> second).orElse(tokens.isEmpty() ? new Token(EOF, "") : tokens.get(tokens.size() - 1));
        return new CompileException(Math.max(word.beginLine, 1), Math.max(word.beginColumn, 1),
            "the program cannot be read; after \"as $name\" and \"label $name\" it goes on with |");
    }

    /** The parser takes a tab for eight columns. */
    private int column(Token token) {
        String line = text.split("\n", -1)[token.beginLine - 1];
        int column = 0;
        int i = 0;
        while (i < line.length() && column < token.beginColumn - 1) {
            column += line.charAt(i) == '\t' ? 8 - column % 8 : 1;
            i++;
        }
        return i + 1;
    }

    static String shown(String word) {
        return "\"" + (word.length() > 40 ? word.substring(0, 40) + "..." : word) + "\"";
    }
}
