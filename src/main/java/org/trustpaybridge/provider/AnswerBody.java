package org.trustpaybridge.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
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
