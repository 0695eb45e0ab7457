package org.trustpaybridge.observe.metrics;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

import org.trustpaybridge.provider.ErrorCodes;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.OutcomeKind;
import org.trustpaybridge.provider.Reason;

/**
 * The labels of a failed call. A provider can answer with any code and any status, so both are held to a known set, and each is given only
 * where it decided: the number of series stays below the sum of the sets, not their product.
 *
 * @param outcome   what the call came to
 * @param reason    name of a {@link Reason}
 * @param errorCode the provider's code, {@code none} or {@code other}
 * @param status    the HTTP status, {@code none} or {@code other}
 */
record FailureLabels(OutcomeKind outcome, String reason, String errorCode, String status) {

    /** HTTP statuses that the provider's documents name or that stand between it and us. */
    static final SortedSet<Integer> STATUSES = new TreeSet<>(List.of(200, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407,
        408, 409, 410, 413, 414, 415, 418, 422, 425, 429, 431, 500, 501, 502, 503, 504));

    private static final SortedSet<Integer> CODES = ErrorCodes.named();

    static FailureLabels of(OutcomeKind outcome, Failure failure) {
        boolean byCode = failure.reason().equals(Reason.ERROR_CODE.name());
        boolean byStatus = failure.reason().equals(Reason.HTTP_STATUS.name()) || failure.wrongAddress();
        return new FailureLabels(outcome, failure.reason(), byCode ? codeOf(failure.providerErrorCode()) : Label.NONE,
            byStatus ? statusOf(failure.httpStatus()) : Label.NONE);
    }

    /** A code that is no number of ours, or too large for one, is an unknown one. */
    private static String codeOf(OptionalInt code) {
        return code.isPresent() && CODES.contains(code.getAsInt()) ? Integer.toString(code.getAsInt()) : Label.OTHER;
    }

    private static String statusOf(int status) {
        return STATUSES.contains(status) ? Integer.toString(status) : Label.OTHER;
    }
}
