package org.trustpaybridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.order.KnownSecrets;

class ErrorInfoTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Invalid transaction ID                        | Invalid transaction ID
            Ongeldig bedrag é                             | Ongeldig bedrag é
            ` two   words `                               | two words
            `<b>bold</b> <a href="x">text</a>`            | bold text
            bad address jane@example.com, sorry           | bad address [e-mail] sorry
            (jane%40example.com)                          | [e-mail]
            jane<b>@</b>example.com                       | [e-mail]
            see https://docs.example/x?y or www.x.example | see [url] or [url]
            at pay.example/connect/abc                    | at [url]
            at pay.example%2fconnect%2Fabc                | at [url]
            at https%3a%2f%2Fpay.example                  | at [url]
            at https:\\/\\/pay.example                    | at [url]
            jane%2540example.com or jane&#x40;example.com | [e-mail] or [e-mail]
            jane\\u0040example.com                        | [e-mail]
            ``                                            | ``
            """)
    void words_stay_and_addresses_go(String raw, String clean) {
        assertThat(ErrorInfo.clean(raw, KnownSecrets.none())).isEqualTo(clean);
    }

    @Test
    void a_known_secret_goes_also_when_tags_or_invisible_characters_take_it_apart() {
        KnownSecrets secrets = new KnownSecrets(List.of("c0ffee-51-c0ffee", "pa<b>ss"));

        String clean = ErrorInfo.clean("key c0ffee-<b>51</b>-c0ffee or c0ffee-5\u200B1-c0ffee is wrong, pa<b>ss too", secrets);

        assertThat(clean).isEqualTo("key *** or ****** is wrong, *** too");
    }

    /** What a cut leaves of a secret would be too short to be found. */
    @Test
    void a_known_secret_goes_before_the_rest_is_cut() {
        KnownSecrets secrets = new KnownSecrets(List.of("c0ffee-51-c0ffee"));

        assertThat(ErrorInfo.clean("x".repeat(194) + " c0ffee-51-c0ffee", secrets)).endsWith("x ***");
    }

    @Test
    void control_and_invisible_characters_go() {
        assertThat(ErrorInfo.clean("a\r\nb\u0000c\u202Ed\uFEFFe\uD800f", KnownSecrets.none())).isEqualTo("a b cde?f");
    }

    @Test
    void it_is_cut_at_200_characters_and_splits_none() {
        assertThat(ErrorInfo.clean("\uD83D\uDE00".repeat(300), KnownSecrets.none())).isEqualTo("\uD83D\uDE00".repeat(200));
    }
}
