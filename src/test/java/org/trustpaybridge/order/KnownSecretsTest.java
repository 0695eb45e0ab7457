package org.trustpaybridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTest {

    private static final String KEY = "4f1c9e27ab0d33c86e5f";

    private final KnownSecrets secrets = new KnownSecrets(List.of(KEY, "p\u00e4ss w\u00f6rd/&", "none", "abc", ""));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Invalid API key 4f1c9e27ab0d33c86e5f.              | Invalid API key ***.
            4F1C9E27AB0D33C86E5F                               | ***
            {"api_key":"4f1c9e27ab0d33c86e5f","x":1}           | {"api_key":"***","x":1}
            {"a":"4f1c9e27ab","b":"0d33c86e5f"}                | {"a":"***","b":"***"}
            4f1c9e27 ab0d33c8 6e5f                             | *** *** 6e5f
            begins with 4f1c9e27ab..., ends with 33c86e5f      | begins with ***..., ends with ***
            %34%66%31%63%39%65%32%37ab0d33c86e5f               | ***
            %34%66%31%63%39%65%32%37%61%62%30d                 | ***
            p%C3%A4ss+w or p%c3%a4ss%20w%c3%B6rd%2F%26         | p%C3%A4ss+w or ***
            p\\u00e4ss w\\u00F6rd\\/&                          | ***
            p&auml;ss w&#246;rd/&amp;                          | ***
            pässwörd                                           | pässwörd
            there is none here                                 | there is *** here
            abc                                                | abc
            no secret at all                                   | no secret at all
            """)
    void what_is_known_is_hidden_and_the_rest_stays(String text, String masked) {
        assertThat(secrets.mask(text)).isEqualTo(masked);
        assertThat(secrets.isIn(text)).isEqualTo(!masked.equals(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void base64_is_looked_into_wherever_in_a_group_the_secret_begins(int before) {
        byte[] bytes = ("user:x".substring(0, before) + KEY + "#").getBytes(StandardCharsets.UTF_8);

        String text = "Basic " + Base64.getEncoder().encodeToString(bytes) + ", " + Base64.getUrlEncoder().withoutPadding()
            .encodeToString(bytes);

        assertThat(secrets.mask(text).replace("=", "")).isEqualTo("Basic ***, ***");
    }

    @Test
    void what_hides_in_base64_in_a_url_or_in_base64_is_found() {
        String once = Base64.getEncoder().encodeToString(("k=" + KEY).getBytes(StandardCharsets.UTF_8));
        String twice = Base64.getEncoder().encodeToString(once.getBytes(StandardCharsets.UTF_8));
        String escaped = once.replace("=", "%3D").replace("M", "%4d");

        assertThat(secrets.mask("a " + twice.replace("=", "") + " b " + escaped.replace("%3D", "") + " c")).isEqualTo("a *** b *** c");
    }

    @Test
    void bytes_beyond_ascii_are_found_in_base64_and_hexadecimal_digits() {
        byte[] password = "xp\u00e4ss w\u00f6rd/&".getBytes(StandardCharsets.UTF_8);

        assertThat(secrets.mask("a " + Base64.getEncoder().withoutPadding().encodeToString(password))).isEqualTo("a ***");
        assertThat(secrets.mask("a " + HexFormat.of().withUpperCase().formatHex(password))).isEqualTo("a ***");
    }

    /** As "%" and two digits stand for a byte in a URL. */
    @ParameterizedTest
    @ValueSource(strings = {"p4%41ss%2Fw0", "00000%\\00abcd", "&lt;ab&gt;cd&amp;", "\\u0041bcdefgh"})
    void a_secret_that_looks_as_if_it_had_escapes_is_found(String secret) {
        assertThat(new KnownSecrets(List.of(secret)).mask("the key is [" + secret + "]")).isEqualTo("the key is [***]");
        assertThat(new KnownSecrets(List.of(secret)).mask("the key is [" + secret.replace("\\", "") + "]")).isEqualTo("the key is [***]");
    }

    @Test
    void it_shows_none_itself() {
        assertThat(secrets).hasToString("KnownSecrets[***]");
    }

    @Test
    void without_secrets_nothing_is_hidden() {
        assertThat(KnownSecrets.none().mask(KEY)).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "%", "\\", "&amp;", "%25", "4f1c9e27ab0d33c86e5", "\\u0025", "\uD83D", "4f1c9e2 "})
    void a_text_made_to_keep_it_busy_does_not(String part) {
        assertTimeout(Duration.ofSeconds(5), () -> secrets.mask(part.repeat(64_000 / part.length())));
    }

    /** Whoever reads what is left, with whatever decoder, sees no eight characters of the secret in a row. */
    @Property(tries = 1000)
    void no_spelling_shows_a_secret(@ForAll("keys") String key, @ForAll Spelling spelling, @ForAll long seed,
            @ForAll @IntRange(max = 5) int before, @ForAll @IntRange(max = 5) int behind) {
        Random random = new Random(seed);
        String spelt = spelling.of(key, "=~!^;?".substring(0, before), "?;^!~=".substring(0, behind), random);

        String masked = new KnownSecrets(List.of(key)).mask("the key is \u00ab" + spelt + "\u00bb of this site");

        assertThat(masked).startsWith("the key is \u00ab").endsWith("\u00bb of this site").contains("***").doesNotContain(spelt)
            .doesNotContain(key);
        assertThat(pieces(key)).noneMatch(Unescaped.plain(masked)::contains);
    }

    private static List<String> pieces(String key) {
        String plain = key.replace("\\", "");
        return IntStream.rangeClosed(0, plain.length() - 8).mapToObj(i -> plain.substring(i, i + 8)).toList();
    }

    @Property(tries = 1000)
    void other_texts_stay_as_they_are(@ForAll("keys") String key, @ForAll("others") String text) {
        assertThat(new KnownSecrets(List.of(key)).mask(text)).isEqualTo(text);
    }

    @Property
    void any_text_can_be_looked_through(@ForAll String secret, @ForAll String text) {
        assertThat(new KnownSecrets(List.of(secret)).mask(text)).isNotNull();
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings().withChars("0123456789abcdefGHIJKLMNOP-_.+/=\"\\&%<>@\u00e9").ofMinLength(12).ofMaxLength(50)
            .filter(key -> Unescaped.plain(key).length() >= 12 && key.chars().distinct().count() > 6);
    }

    @Provide
    Arbitrary<String> others() {
        return Arbitraries.strings().withChars("qrstuvwxyz QRST%\\&\u00fc,").ofMaxLength(300);
    }

    enum Spelling {
        PLAIN, UPPER, PERCENT, PERCENT_TWICE, JSON, JSON_TWICE, ENTITIES, BASE64, BASE64_URL, BASE64_IN_PERCENT, HEX, HALF;

        String of(String key, String before, String behind, Random random) {
            byte[] all = (before + key + behind).getBytes(StandardCharsets.UTF_8);
            return switch (this) {
                case PLAIN -> key;
                case UPPER -> key.toUpperCase(Locale.ROOT).replace("\u00c9", "\u00e9");
                case PERCENT -> percent(key.getBytes(StandardCharsets.UTF_8), random);
                case PERCENT_TWICE -> percent(key.getBytes(StandardCharsets.UTF_8), random).replace("%", "%25");
                case JSON -> json(key, random);
                case JSON_TWICE -> json(key, random).replace("\\", "\\\\");
                case ENTITIES -> entities(key, random);
                case BASE64 -> Base64.getEncoder().withoutPadding().encodeToString(all);
                case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(all);
                case BASE64_IN_PERCENT -> percent(Base64.getEncoder().withoutPadding().encode(all), random);
                case HEX -> random.nextBoolean() ? HexFormat.of().formatHex(all) : HexFormat.of().withUpperCase().formatHex(all);
                case HALF -> key.replace("\\", "").substring(0, Math.max(8, key.length() / 2));
            };
        }

        /** Each byte in lower case, in upper case or, where it is a letter or a digit, as it is. */
        private static String percent(byte[] bytes, Random random) {
            StringBuilder text = new StringBuilder();
            for (byte b : bytes) {
                boolean plain = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
                int lot = random.nextInt(3);
                text.append(plain && lot == 0 ? Character.toString(b) : String.format(lot == 1 ? "%%%02x" : "%%%02X", b));
            }
            return text.toString();
        }

        private static String json(String key, Random random) {
            StringBuilder text = new StringBuilder();
            for (char c : key.toCharArray()) {
                boolean special = c == '"' || c == '\\';
                text.append(random.nextBoolean() ? String.format("\\u%04x", (int) c) : special ? "\\" + c : String.valueOf(c));
            }
            return text.toString();
        }

        private static String entities(String key, Random random) {
            StringBuilder text = new StringBuilder();
            for (char c : key.toCharArray()) {
                boolean special = c == '&' || c == '<' || c == '>' || c == '"';
                text.append(special || random.nextBoolean() ? random.nextBoolean() ? "&#" + (int) c + ";" : String.format("&#x%X;", (int) c)
                    : String.valueOf(c));
            }
            return text.toString();
        }
    }

    @Test
    void a_secret_that_is_learnt_later_is_hidden_and_so_is_the_one_before_it() {
        KnownSecrets secrets = new KnownSecrets(List.of("yesterdays-key-1"));
        secrets.learn("todays-key-22222");

        assertThat(secrets.mask("was yesterdays-key-1 is todays-key-22222.")).isEqualTo("was *** is ***.");
    }
}
