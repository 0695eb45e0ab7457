package org.trustpaybridge.provider;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.trustpaybridge.order.JsonFactories;

/**
 * The body of an answer as JSON, or why it is not.
 *
 * @param json    the body; a missing node when it cannot be read
 * @param problem why it cannot be read
 */
record AnswerBody(JsonNode json, Optional<Reason> problem) {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactories.shared()
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static AnswerBody read(byte[] body) {
        if (isBlank(body)) {
            return unreadable(Reason.EMPTY_BODY);
        }
        try (JsonParser parser = MAPPER.createParser(body)) {
            JsonNode json = MAPPER.readTree(parser);
            return json == null || parser.nextToken() != null ? unreadable(Reason.NOT_JSON) : new AnswerBody(json, Optional.empty());
        } catch (MismatchedInputException e) {
            return unreadable(Reason.AMBIGUOUS_BODY);
        } catch (IOException | RuntimeException e) {
            return unreadable(Reason.NOT_JSON);
        }
    }

    /** Whether the body says success in one of the forms that the provider's libraries take: {@code true}, {@code 1}, {@code "true"}. */
    boolean saysSuccess() {
        JsonNode success = json.path("success");
        return saysTrue() || success.isIntegralNumber() && success.asText().equals("1") || success.isTextual() && success.textValue()
            .equals("true");
    }

    /** Whether the body says success as the documents have it. */
    boolean saysTrue() {
        return json.path("success").isBoolean() && json.path("success").booleanValue();
    }

    /** Whether nothing in the body is against a success: it says so, or says nothing of it, and names no error. */
    boolean maybeSuccess() {
        JsonNode success = json.path("success");
        JsonNode code = json.path("error_code");
        boolean unsaid = json.isObject() && (success.isMissingNode() || success.isNull());
        return (unsaid || saysSuccess()) && (code.isMissingNode() || code.isNull());
    }

    private static AnswerBody unreadable(Reason reason) {
        return new AnswerBody(MissingNode.getInstance(), Optional.of(reason));
    }

    private static boolean isBlank(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
