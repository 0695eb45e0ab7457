package org.trustpaybridge.order.mapping;

/** A text is no program, or one that calls what does not exist. The message is one sentence without the place. */
final class CompileException extends Exception {

    private final int line;
    private final int column;

    /**
     * @param line   from 1
     * @param column from 1
     */
    CompileException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
