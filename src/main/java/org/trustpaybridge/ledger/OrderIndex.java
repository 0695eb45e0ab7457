package org.trustpaybridge.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers orders by their hash, from 1, in the order in which they came. The hashes stand in blocks, 16 bytes each; a hash table with open
 * addressing says where, with 4 bytes a place. Only that table is made anew when it is full, so the memory grows evenly and leaves little
 * behind.
 */
final class OrderIndex {

    /** Orders of a block. */
    static final int BLOCK = 1024;

    private static final int BYTES_AN_ORDER = 16;
    private static final int BYTES_A_PLACE = 4;
    private static final int SMALLEST = 64;

    /** Numbers of orders, counted from 1; 0 is an empty place. */
    private int[] table = new int[SMALLEST];
    private final List<Block> blocks = new ArrayList<>();
    private int size;

    /** @return the number of the order; 0 if it is not there */
    int find(OrderHash hash) {
        return table[place(hash)];
    }

    /** @return the number of the order, which is one more than before if it was not there */
    int findOrAdd(OrderHash hash) {
        // Every place that is taken costs a look into a block, so half of them stay empty.
        if (2 * (size + 1) > table.length) {
            grow();
        }
        int place = place(hash);
        if (table[place] == 0) {
            table[place] = add(hash);
        }
        return table[place];
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) blocks.size() * BLOCK * BYTES_AN_ORDER + (long) table.length * BYTES_A_PLACE;
    }

    /** @return the block that a number is in */
    static int block(int number) {
        return (number - 1) / BLOCK;
    }

    /** @return its place in there */
    static int inBlock(int number) {
        return (number - 1) % BLOCK;
    }

    private int add(OrderHash hash) {
        if (size == blocks.size() * BLOCK) {
            blocks.add(new Block());
        }
        int number = ++size;
        Block block = blocks.get(block(number));
        block.high[inBlock(number)] = hash.high();
        block.low[inBlock(number)] = hash.low();
        return number;
    }

    /** The place of the hash, or the empty one where it would go. */
    private int place(OrderHash hash) {
        int place = firstPlace(hash.low());
        while (table[place] != 0 && !isAt(table[place], hash)) {
            place = next(place);
        }
        return place;
    }

    private boolean isAt(int number, OrderHash hash) {
        Block block = blocks.get(block(number));
        int index = inBlock(number);
        return block.low[index] == hash.low() && block.high[index] == hash.high();
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int number = 1; number <= size; number++) {
            int place = firstPlace(blocks.get(block(number)).low[inBlock(number)]);
            while (table[place] != 0) {
                place = next(place);
            }
            table[place] = number;
        }
    }

    /** The hash is random already, so its own bits spread it. */
    private int firstPlace(long low) {
        return (int) low & table.length - 1;
    }

    private int next(int place) {
        return place + 1 & table.length - 1;
    }

    private static final class Block {

        private final long[] high = new long[BLOCK];
        private final long[] low = new long[BLOCK];
    }
}
