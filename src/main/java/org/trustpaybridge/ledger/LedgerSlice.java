package org.trustpaybridge.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.order.Money;

/** The orders of one slice of time, 28 bytes each beside the table of their {@link OrderIndex}. */
final class LedgerSlice {

    private static final int BYTES_AN_ORDER = 12;

    private final OrderIndex index = new OrderIndex();
    private final List<Block> blocks = new ArrayList<>();

    void put(OrderHash hash, Money money) {
        int number = index.findOrAdd(hash);
        if (OrderIndex.block(number) == blocks.size()) {
            blocks.add(new Block());
        }
        blocks.get(OrderIndex.block(number)).set(OrderIndex.inBlock(number), money);
    }

    Optional<Money> get(OrderHash hash) {
        int number = index.find(hash);
        return number == 0 ? Optional.empty() : Optional.of(blocks.get(OrderIndex.block(number)).money(OrderIndex.inBlock(number)));
    }

    int size() {
        return index.size();
    }

    long bytes() {
        return index.bytes() + (long) blocks.size() * OrderIndex.BLOCK * BYTES_AN_ORDER;
    }

    private static final class Block {

        private final long[] amount = new long[OrderIndex.BLOCK];
        private final int[] currency = new int[OrderIndex.BLOCK];

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
