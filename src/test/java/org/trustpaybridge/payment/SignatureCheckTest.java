package org.trustpaybridge.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.payment.SignatureCheck.Verdict;

/** The vector is a published one: key, time, body and signature. */
class SignatureCheckTest {

    private static final String KEY = "8HHhGgRWrA3O7NswjmgwyH7buPPCGnR5AkwAQyqI";
    private static final long TIME = 1_641_218_884;
    private static final Instant THEN = Instant.ofEpochSecond(TIME);
    private static final String TOKEN = TIME + ":06cbf226e7c873eff96921d7fde3998eb6be0de7915ee1c1b5149511fca82e26"
        + "bb0ab2e6d0e0ad997cbab151e4ba5615418d8e12528301726143ed1146287f93";
    private static final String AUTH = base64(TOKEN);
    private static final byte[] BODY = body();

    private final SignatureCheck check = new SignatureCheck(Duration.ofSeconds(600));

    @Test
    void the_published_signature_is_right() {
        assertThat(check.check(AUTH, BODY, List.of(KEY), THEN)).isEqualTo(Verdict.GOOD);
        assertThat(SignatureCheck.signedAt(AUTH)).isEqualTo(THEN);
    }

    @ParameterizedTest
    @CsvSource({"0, GOOD", "600, GOOD", "-600, GOOD", "601, OUT_OF_TIME", "-601, OUT_OF_TIME", "86400, OUT_OF_TIME", "-86400, OUT_OF_TIME"})
    void a_signature_counts_for_its_time_and_ten_minutes_before_and_after(long seconds, Verdict expected) {
        assertThat(check.check(AUTH, BODY, List.of(KEY), THEN.plusSeconds(seconds))).isEqualTo(expected);
    }

    @Test
    void while_a_key_is_rotated_either_key_is_good() {
        assertThat(check.check(AUTH, BODY, List.of("the-new-key", KEY), THEN)).isEqualTo(Verdict.GOOD);
        assertThat(check.check(AUTH, BODY, List.of(KEY, "the-old-key"), THEN)).isEqualTo(Verdict.GOOD);
        assertThat(check.check(AUTH, BODY, List.of("another", "and-another"), THEN)).isEqualTo(Verdict.WRONG);
        assertThat(check.check(AUTH, BODY, List.of(), THEN)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void an_empty_key_signs_nothing() {
        assertThat(check.check(AUTH, BODY, List.of(""), THEN)).isEqualTo(Verdict.WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void no_signature_is_told_from_a_wrong_one(String header) {
        assertThat(check.check(header, BODY, List.of(KEY), THEN)).isEqualTo(Verdict.MISSING);
        assertThat(check.check(null, BODY, List.of(KEY), THEN)).isEqualTo(Verdict.MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no Base64 at all!", "8HHhGgRW", "OjA2Y2JmMjI2", "LTE2NDEyMTg4ODQ6MDZjYg==",
        "MTY0MTIxODg4NDE2NDEyMTg4ODQ6MDZjYg==", "===="})
    void what_is_no_signature_is_refused_without_a_fault(String header) {
        assertThat(check.check(header, BODY, List.of(KEY), THEN)).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void a_header_of_any_length_costs_nothing() {
        assertThat(check.check("A".repeat(100_000), BODY, List.of(KEY), THEN)).isEqualTo(Verdict.MALFORMED);
    }

    /** The time is signed too: nobody can make an old notification young. */
    @Test
    void another_time_before_the_same_digits_is_wrong() {
        assertThat(check.check(base64(TOKEN.replace("1641218884", "1641218885")), BODY, List.of(KEY), THEN)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void the_same_json_written_anew_is_wrong() {
        byte[] again = new String(BODY, StandardCharsets.UTF_8).replace("\"order_id\":\"my-order-id\", \"payment",
            "\"order_id\":\"my-order-id\",\"payment")
            .getBytes(StandardCharsets.UTF_8);

        assertThat(again).hasSize(BODY.length - 1);
        assertThat(check.check(AUTH, again, List.of(KEY), THEN)).isEqualTo(Verdict.WRONG);
    }

    @Property(tries = 500)
    void any_bit_of_the_body_that_is_another_is_refused(@ForAll @IntRange(max = 1232) int at, @ForAll @IntRange(max = 7) int bit) {
        byte[] flipped = BODY.clone();
        flipped[at] ^= (byte) (1 << bit);

        assertThat(check.check(AUTH, flipped, List.of(KEY), THEN)).isEqualTo(Verdict.WRONG);
    }

    @Property(tries = 500)
    void any_bit_of_the_signature_that_is_another_is_refused(@ForAll @IntRange(max = 138) int at, @ForAll @IntRange(max = 7) int bit) {
        byte[] flipped = TOKEN.getBytes(StandardCharsets.US_ASCII);
        flipped[at] ^= (byte) (1 << bit);

        assertThat(check.check(Base64.getEncoder().encodeToString(flipped), BODY, List.of(KEY), THEN))
            .isIn(Verdict.WRONG, Verdict.MALFORMED);
    }

    @Property(tries = 200)
    void a_body_that_is_cut_or_grows_is_refused(@ForAll @IntRange(max = 1232) int length,
        @ForAll @AlphaChars @StringLength(min = 1, max = 9) String more) {
        byte[] grown = (new String(BODY, StandardCharsets.ISO_8859_1) + more).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(check.check(AUTH, java.util.Arrays.copyOf(BODY, length), List.of(KEY), THEN)).isEqualTo(Verdict.WRONG);
        assertThat(check.check(AUTH, grown, List.of(KEY), THEN)).isEqualTo(Verdict.WRONG);
    }

    @Property(tries = 200)
    void any_other_key_is_refused(@ForAll @AlphaChars @StringLength(min = 1, max = 60) String key) {
        assertThat(check.check(AUTH, BODY, List.of(key), THEN)).isEqualTo(Verdict.WRONG);
    }

    private static String base64(String token) {
        return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] body() {
        try (InputStream in = SignatureCheckTest.class.getResourceAsStream("/webhook-vector/body.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
