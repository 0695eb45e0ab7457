package org.trustpaybridge.route;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.transport.CallFailedException;

/** Takes an answer, or the fault in its place, out of an exchange, and leaves nothing of it there. */
final class AnswerReader {

    private static final String RETRY_AFTER = "Retry-After";

    private AnswerReader() {
    }

    /** @throws IOException when the answer breaks off while it is read */
    static ProviderAnswer take(Exchange exchange) throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        Optional<String> retryAfter = Optional.ofNullable(exchange.getMessage().getHeader(RETRY_AFTER, String.class));
        byte[] body = bodyOf(exchange);
        clear(exchange);
        return new ProviderAnswer(status, retryAfter, body);
    }

    /** Whatever it was that failed: an order whose call fails in a way nobody foresaw is not tried for ever either. */
    static TransportFault fault(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        clear(exchange);
        return cause instanceof CallFailedException failed ? failed.fault() : TransportFault.CALL_FAILED;
    }

    private static void clear(Exchange exchange) {
        exchange.getMessage().setBody(null);
        exchange.getMessage().removeHeaders("*");
    }

    private static byte[] bodyOf(Exchange exchange) throws IOException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            }
        }
        return body instanceof byte[] bytes ? bytes : new byte[0];
    }
}
