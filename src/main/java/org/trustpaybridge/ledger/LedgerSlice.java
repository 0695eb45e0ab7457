package org.trustpaybridge.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.order.Money;

/**
 * The orders of one slice of time. They stand in blocks, in the order in which they came, 28 bytes each; a hash table with open addressing
 * says where, with 4 bytes a place. Only that table is made anew when it is full, so the memory grows evenly and leaves little behind.
 */
final class LedgerSlice {

    private static final int BYTES_AN_ORDER = 28;
    private static final int BYTES_A_PLACE = 4;
    private static final int SMALLEST = 64;

    /** Numbers of orders, counted from 1; 0 is an empty place. */
    private int[] table = new int[SMALLEST];
    private final List<Block> blocks = new ArrayList<>();
    private int size;

    void put(OrderHash hash, Money money) {
        // Every place that is taken costs a look into a block, so half of them stay empty.
        if (2 * (size + 1) > table.length) {
            grow();
        }
        int place = place(hash);
        int number = table[place];
        if (number == 0) {
            number = add(hash);
            table[place] = number;
        }
        block(number).set(inBlock(number), money);
    }

    Optional<Money> get(OrderHash hash) {
        int number = table[place(hash)];
        return number == 0 ? Optional.empty() : Optional.of(block(number).money(inBlock(number)));
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) blocks.size() * Block.ORDERS * BYTES_AN_ORDER + (long) table.length * BYTES_A_PLACE;
    }

    private int add(OrderHash hash) {
        if (size == blocks.size() * Block.ORDERS) {
            blocks.add(new Block());
        }
        int number = ++size;
        Block block = block(number);
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
        Block block = block(number);
        int index = inBlock(number);
        return block.low[index] == hash.low() && block.high[index] == hash.high();
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int number = 1; number <= size; number++) {
            int place = firstPlace(block(number).low[inBlock(number)]);
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

    private Block block(int number) {
        return blocks.get((number - 1) / Block.ORDERS);
    }

    private static int inBlock(int number) {
        return (number - 1) % Block.ORDERS;
    }

    private static final class Block {

        private static final int ORDERS = 1024;

        private final long[] high = new long[ORDERS];
        private final long[] low = new long[ORDERS];
        private final long[] amount = new long[ORDERS];
        private final int[] currency = new int[ORDERS];

        private void set(int index, Money money) {
            amount[index] = money.minorUnits();
            currency[index] = pack(money.currency());
        }

        private Money money(int index) {
            return new Money(amount[index], unpack(currency[index]));
        }

        /** Three letters in three bytes. */
        private static int pack(String code) {
            return code.charAt(0) << 16 | code.charAt(1) << 8 | code.charAt(2);
        }

        private static String unpack(int packed) {
            return new String(new char[] {(char) (packed >> 16 & 0xff), (char) (packed >> 8 & 0xff), (char) (packed & 0xff)});
        }
    }
}
