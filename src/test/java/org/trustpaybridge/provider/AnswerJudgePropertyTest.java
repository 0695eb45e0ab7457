package org.trustpaybridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.OrderId;

class AnswerJudgePropertyTest {

    private static final OrderId ORDER = new OrderId("7");

    private final AnswerJudge judge = new AnswerJudge(Clock.systemUTC(), URI.create("https://api.example/v1/json"), KnownSecrets.none());

    @Property(tries = 2000)
    void no_bytes_make_it_throw_or_succeed(@ForAll byte[] body, @ForAll int status, @ForAll String retryAfter) {
        Outcome outcome = judge.judge(new ProviderAnswer(status, Optional.of(retryAfter), body), ORDER);

        assertThat(outcome.kind()).isNotEqualTo(OutcomeKind.CREATED);
    }

    @Property(tries = 1500)
    void whatever_it_says_is_fit_for_a_header(@ForAll("answers") String body, @ForAll @IntRange(min = 100, max = 599) int status,
            @ForAll @DoubleRange(min = 0, max = 1) double kept) {
        byte[] whole = body.getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : new byte[][] {whole, Arrays.copyOf(whole, (int) (whole.length * kept))}) {
            Outcome outcome = judge.judge(new ProviderAnswer(status, Optional.empty(), bytes), ORDER);

            assertThat(outcome.toString()).doesNotContain("s3cret", "@");
            assertThat(outcome.kind() == OutcomeKind.CREATED).isEqualTo(outcome.failure().isEmpty());
            outcome.failure().map(Failure::providerErrorInfo).ifPresent(info -> {
                assertThat(info.codePointCount(0, info.length())).isLessThanOrEqualTo(200);
                assertThat(info.chars()).noneMatch(Character::isISOControl);
                assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(info)).isTrue();
            });
        }
    }

    @Property
    void fold_calls_the_case_of_the_kind(@ForAll("answers") String body, @ForAll @IntRange(min = 100, max = 599) int status) {
        Outcome outcome = judge.judge(new ProviderAnswer(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8)), ORDER);

        assertThat(outcome.fold(new Kinds())).isEqualTo(outcome.kind());
    }

    @Provide
    Arbitrary<String> answers() {
        Arbitrary<String> success = Arbitraries.of("true", "false", "\"false\"", "\"true\"", "null", "1", "{}");
        Arbitrary<String> data = Arbitraries.of("{}", "[]", "\"\"", "{\"order_id\":7}",
                "{\"order_id\":7,\"payment_url\":\"https://pay.example/connect/s3cret/\",\"session_id\":\"s3cret\"}",
                "{\"order_id\":\"8\",\"payment_url\":\"https://pay.example/connect/s3cret/\"}", "{\"payment_url\":\"s3cret\"}");
        Arbitrary<String> code = Arbitraries.oneOf(Arbitraries.integers().between(999, 1040).map(String::valueOf),
                Arbitraries.of("null", "\"1006\"", "9999", "1e3", "[]"));
        Arbitrary<String> info = Arbitraries.oneOf(
                Arbitraries.of("\"jane@s3cret.example\"", "\"https://s3cret\"", "null", "7", "\"\\ud800\""),
                Arbitraries.strings().withChars("ab <>/\t\u00e9").ofMaxLength(400)
                        .map(text -> "\"" + text.replace("\t", "\\u0000") + "\""));
        return Combinators.combine(success, data, code, info).as((s, d, c, i) ->
                "{\"success\":" + s + ",\"data\":" + d + ",\"error_code\":" + c + ",\"error_info\":" + i + "}");
    }

    private static final class Kinds implements Outcome.Cases<OutcomeKind> {
        @Override
        public OutcomeKind created(Outcome.Created outcome) {
            return OutcomeKind.CREATED;
        }

        @Override
        public OutcomeKind rejected(Outcome.Rejected outcome) {
            return OutcomeKind.REJECTED;
        }

        @Override
        public OutcomeKind accountFault(Outcome.AccountFault outcome) {
            return OutcomeKind.ACCOUNT_FAULT;
        }

        @Override
        public OutcomeKind duplicate(Outcome.Duplicate outcome) {
            return OutcomeKind.DUPLICATE;
        }

        @Override
        public OutcomeKind transientFailure(Outcome.Transient outcome) {
            return OutcomeKind.TRANSIENT;
        }

        @Override
        public OutcomeKind unclear(Outcome.Unclear outcome) {
            return OutcomeKind.UNCLEAR;
        }
    }
}
