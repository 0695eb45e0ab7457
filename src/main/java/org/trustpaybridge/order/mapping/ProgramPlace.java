package org.trustpaybridge.order.mapping;

/**
 * A place in a program.
 *
 * @param line   from 1; 0 where it is not known
 * @param column from 1; 0 where it is not known
 * @param looked the path that is looked at there, as the program has it, such as {@code .total.gross}; empty where it is none
 */
record ProgramPlace(int line, int column, String looked) {

    static final ProgramPlace UNKNOWN = new ProgramPlace(0, 0, "");

    private static final int SHOWN = 60;

    ProgramPlace {
        looked = looked.length() > SHOWN ? looked.substring(0, SHOWN) + "..." : looked;
    }
}
