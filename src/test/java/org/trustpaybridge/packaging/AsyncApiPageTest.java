package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** The page that is shipped is that of the document as it is now. */
class AsyncApiPageTest {

    private static final Path DOCUMENT = Path.of("docs/asyncapi.yaml");
    private static final Path PAGE = Path.of("docs/asyncapi.html");

    @Test
    void the_page_was_rendered_from_this_very_document() throws Exception {
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(DOCUMENT)));

        String page = Files.readString(PAGE, StandardCharsets.UTF_8);

        assertThat(page.substring(0, 500)).as("docs/asyncapi.yaml has changed: run .ci/asyncapi-html, which writes docs/asyncapi.html")
            .contains("content=\"asyncapi.yaml sha256:" + digest + "\"");
    }

    /** It is opened from a disk, without a network. */
    @Test
    void the_page_needs_nothing_beside_itself() throws Exception {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);

        assertThat(page).doesNotContainPattern("<script[^>]* src=").doesNotContainPattern("<link[^>]* href=\"http")
            .contains("AsyncApiStandalone.render");
    }
}
