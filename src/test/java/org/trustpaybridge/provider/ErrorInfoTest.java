package org.trustpaybridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            ``                                            | ``
            """)
    void words_stay_and_addresses_go(String raw, String clean) {
        assertThat(ErrorInfo.clean(raw)).isEqualTo(clean);
    }

    @Test
    void control_and_invisible_characters_go() {
        assertThat(ErrorInfo.clean("a\r\nb\u0000c\u202Ed\uFEFFe\uD800f")).isEqualTo("a b cde?f");
    }

    @Test
    void it_is_cut_at_200_characters_and_splits_none() {
        assertThat(ErrorInfo.clean("\uD83D\uDE00".repeat(300))).isEqualTo("\uD83D\uDE00".repeat(200));
    }
}
