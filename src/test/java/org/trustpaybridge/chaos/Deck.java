package org.trustpaybridge.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.trustpaybridge.chaos.InputEvent.Kind;
import org.trustpaybridge.testkit.OrderEvents;

/** All that is published in a run, in its order. */
final class Deck {
    private static final double POISON = 0.02;
    private static final double REPEATS = 0.03;
    private static final double BAD = 0.015;
    /** Faults of the simulator that an order asks for by its id; none of them brings a payment URL. */
    private static final List<String> BAD_ENDS = List.of("500", "403-message", "1032", "404", "timeout", "bad-head", "reset-after", "cut");
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private Deck() {
    }

    static List<InputEvent> shuffled(ChaosSettings settings) {
        Random random = new Random(settings.seed());
        Duration length = settings.length();
        List<InputEvent> events = new ArrayList<>();
        for (int i = 0; i < settings.orders(); i++) {
            String id = "order-%05d".formatted(i);
            Duration at = length.multipliedBy(i).dividedBy(settings.orders());
            byte[] value = OrderEvents.order(id, 100 + i);
            events.add(new InputEvent(at, Kind.ORDER, utf8(id), value));
            if (random.nextDouble() < REPEATS) {
                Duration later = random.nextBoolean() ? AT_ONCE
                    : Duration.ofMillis((long) (random.nextDouble() * length.minus(at).toMillis()));
                events.add(new InputEvent(at.plus(later), Kind.REPEAT, utf8(id), value));
            }
            if (random.nextDouble() < POISON) {
                String poison = "poison-%05d".formatted(i);
                events.add(new InputEvent(at, Kind.POISON, random.nextInt(3) == 0 ? null : utf8(poison),
                    Poison.value(i, poison, random)));
            }
            if (random.nextDouble() < BAD) {
                String bad = "sim-" + BAD_ENDS.get(random.nextInt(BAD_ENDS.size())) + "-%05d".formatted(i);
                events.add(new InputEvent(at, Kind.BAD, utf8(bad), OrderEvents.order(bad, 100 + i)));
            }
        }
        // A stable sort: of equal times the order above holds.
        events.sort(Comparator.comparing(InputEvent::at));
        return events;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
