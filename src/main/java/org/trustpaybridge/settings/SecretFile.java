package org.trustpaybridge.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file whose first line is a secret.
 *
 * @param setting which names the file
 * @param path    of the file
 */
public record SecretFile(Setting setting, Path path) {

    /** Characters of a management token at least. */
    static final int LEAST_TOKEN = 16;

    /**
     * @param content of the file
     * @return the first line, without white space around it
     * @throws IllegalArgumentException when it cannot be such a secret; the message is the rest of a sentence, without it
     */
    public Secret in(byte[] content) {
        String line;
        try {
            line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString().lines().findFirst().orElse("").strip();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is no text in UTF-8", e);
        }
        if (line.isEmpty()) {
            throw new IllegalArgumentException("has an empty first line");
        }
        if (!isOfRegistry() && !isVisibleAscii(line)) {
            throw new IllegalArgumentException("holds white space or a character that is not ASCII");
        }
        if (setting == Setting.MANAGEMENT_TOKEN_FILE && line.length() < LEAST_TOKEN) {
            throw new IllegalArgumentException("holds a token of fewer than " + LEAST_TOKEN + " characters");
        }
        return new Secret(line);
    }

    /** These may be of any characters. */
    private boolean isOfRegistry() {
        return Setting.REGISTRY_PASSWORD_FILES.contains(setting);
    }

    static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Without the path: somebody may have written the key itself there. */
    @Override
    public String toString() {
        return "SecretFile[" + setting.key() + "]";
    }
}
