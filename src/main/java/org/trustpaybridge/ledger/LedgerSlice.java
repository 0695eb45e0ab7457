package org.trustpaybridge.ledger;

import java.util.Optional;

import org.trustpaybridge.order.Money;

/** The orders of one slice of time: a hash table with open addressing in four arrays, 28 bytes a place. */
final class LedgerSlice {

    private static final int BYTES_A_PLACE = 28;
    private static final int SMALLEST = 64;

    private long[] high = new long[SMALLEST];
    private long[] low = new long[SMALLEST];
    private long[] amount = new long[SMALLEST];
    private int[] currency = new int[SMALLEST];
    private int size;

    void put(OrderHash hash, Money money) {
        if (4 * (size + 1) > 3 * high.length) {
            grow();
        }
        int place = place(hash.high(), hash.low());
        if (isEmpty(place)) {
            size++;
        }
        set(place, hash.high(), hash.low(), money.minorUnits(), pack(money.currency()));
    }

    Optional<Money> get(OrderHash hash) {
        int place = place(hash.high(), hash.low());
        return isEmpty(place) ? Optional.empty() : Optional.of(new Money(amount[place], unpack(currency[place])));
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) high.length * BYTES_A_PLACE;
    }

    /** The place of the hash, or the empty one where it would go. The hash is random already, so its own bits spread it. */
    private int place(long wantedHigh, long wantedLow) {
        int mask = high.length - 1;
        int place = (int) wantedLow & mask;
        while (!isEmpty(place) && (high[place] != wantedHigh || low[place] != wantedLow)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private boolean isEmpty(int place) {
        return high[place] == 0 && low[place] == 0;
    }

    private void set(int place, long newHigh, long newLow, long newAmount, int newCurrency) {
        high[place] = newHigh;
        low[place] = newLow;
        amount[place] = newAmount;
        currency[place] = newCurrency;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldAmount = amount;
        int[] oldCurrency = currency;
        int places = 2 * oldHigh.length;
        high = new long[places];
        low = new long[places];
        amount = new long[places];
        currency = new int[places];
        for (int i = 0; i < oldHigh.length; i++) {
            if (oldHigh[i] != 0 || oldLow[i] != 0) {
                set(place(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldAmount[i], oldCurrency[i]);
            }
        }
    }

    /** Three letters in three bytes. */
    private static int pack(String code) {
        return code.charAt(0) << 16 | code.charAt(1) << 8 | code.charAt(2);
    }

    private static String unpack(int packed) {
        return new String(new char[] {(char) (packed >> 16 & 0xff), (char) (packed >> 8 & 0xff), (char) (packed & 0xff)});
    }
}
