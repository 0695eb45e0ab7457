package org.trustpaybridge.route;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

import javax.net.ssl.SSLHandshakeException;

import org.apache.camel.Exchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.provider.TransportFault;

/** Takes an answer, or the fault in its place, out of an exchange, and leaves nothing of it there. */
final class Answers {

    private static final String RETRY_AFTER = "Retry-After";

    private Answers() {
    }

    /** @throws IOException when the answer breaks off while it is read */
    static ProviderAnswer take(Exchange exchange) throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        Optional<String> retryAfter = Optional.ofNullable(exchange.getMessage().getHeader(RETRY_AFTER, String.class));
        byte[] body = bodyOf(exchange);
        clear(exchange);
        return new ProviderAnswer(status, retryAfter, body);
    }

    static TransportFault fault(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        clear(exchange);
        if (cause instanceof AnswerTooLargeException) {
            return TransportFault.ANSWER_TOO_LARGE;
        }
        if (cause instanceof ConnectTimeoutException || cause instanceof ConnectException || cause instanceof UnknownHostException
            || cause instanceof NoRouteToHostException || cause instanceof SSLHandshakeException) {
            return TransportFault.CONNECT_FAILED;
        }
        return cause instanceof SocketTimeoutException ? TransportFault.TIMED_OUT : TransportFault.CONNECTION_LOST;
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
