package org.trustpaybridge.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that the bridge cannot do without.
 *
 * @param fault    what is wrong with it now, as the rest of a sentence that begins with its name; empty while all is well. Asked every
 *                 second by one thread; must not wait for anything
 * @param name     who it is
 * @param patience how long that may last before the process ends
 */
public record Vital(String name, Duration patience, Supplier<Optional<String>> fault) {

    /** A thread that ended is seen between the end of one and the start of the next as well. */
    private static final Duration GONE = Duration.ofSeconds(10);

    /**
     * @param name   who
     * @param pulse  its signs of life; nothing is asked of it before the first
     * @param wanted whether it is to live at the moment
     * @return what is to be asked about whether its thread is there
     */
    public static Vital lives(String name, Pulse pulse, BooleanSupplier wanted) {
        return new Vital(name, GONE, () -> wanted.getAsBoolean() && pulse.threadEnded() ? Optional.of("has ended") : Optional.empty());
    }

    /**
     * @param name    who
     * @param pulse   its signs of life; nothing is asked of it before the first
     * @param wanted  whether it is to live at the moment
     * @param silence longest time without a sign of life
     * @return what is to be asked about whether it moves
     */
    public static Vital moves(String name, Pulse pulse, BooleanSupplier wanted, Duration silence) {
        return new Vital(name, silence, new Supplier<>() {
            private long seen;

            @Override
            public Optional<String> get() {
                long before = seen;
                seen = pulse.beats();
                return wanted.getAsBoolean() && pulse.began() && seen == before
                    ? Optional.of("gives no sign of life for " + silence.toSeconds() + " s") : Optional.empty();
            }
        });
    }
}
