package org.trustpaybridge.deadletters;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.trustpaybridge.delivery.DeadLetterReason.Code;

/**
 * Which dead letters are meant. Every condition must hold; one that is empty always does.
 *
 * @param reasons  one of these reasons
 * @param since    given up at this time or later
 * @param until    given up before this time
 * @param orderIds of one of these orders
 * @param text     stands, in any case, in the reason, its sentence or its detail
 * @param places   at one of these places
 */
public record Selection(Set<Code> reasons, Optional<Instant> since, Optional<Instant> until, Set<String> orderIds, Optional<String> text,
                        Optional<PlaceRanges> places) {

    /** Every dead letter. */
    public static final Selection ALL = new Selection(Set.of(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(),
        Optional.empty());

    /** Copies the sets. */
    public Selection {
        reasons = Set.copyOf(reasons);
        orderIds = Set.copyOf(orderIds);
    }

    /** @return whether the dead letter is meant */
    public boolean matches(DeadLetter letter) {
        return (reasons.isEmpty() || letter.code().filter(reasons::contains).isPresent())
            && since.filter(letter.failedAt()::isBefore).isEmpty()
            && until.filter(time -> !letter.failedAt().isBefore(time)).isEmpty()
            && (orderIds.isEmpty() || letter.orderId().filter(orderIds::contains).isPresent())
            && places.filter(meant -> !meant.contain(letter.place())).isEmpty()
            && text.filter(wanted -> !says(letter, wanted)).isEmpty();
    }

    /** @return whether this reason was asked for by name, or the dead letter by its place */
    public boolean names(DeadLetter letter) {
        return letter.code().filter(reasons::contains).isPresent() || places.isPresent();
    }

    private static boolean says(DeadLetter letter, String wanted) {
        String all = letter.reason() + "\n" + letter.message().orElse("") + "\n" + letter.detail() + "\n" + letter.detail().path(
            "provider_error_info").asText("");
        return all.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    }
}
