package org.trustpaybridge.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpEndpoint;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.provider.TransportFault;

/**
 * Asks the provider about the account, over the endpoint that Camel made for the route that does so: with the same client, proxy, trust and
 * time-outs, so that the answer is what a running bridge would get. Nothing is changed by it.
 */
public final class AccountQuestion {

    private static final String PATH = "/gateways/TRUSTPAY";

    private final ProducerTemplate calls;
    private final HttpEndpoint endpoint;

    private AccountQuestion(ProducerTemplate calls, HttpEndpoint endpoint) {
        this.calls = calls;
        this.endpoint = endpoint;
    }

    /**
     * @param context started, with routes that need not be
     * @return the question; empty where no route asks it
     */
    public static Optional<AccountQuestion> of(CamelContext context) {
        return context.getEndpoints().stream().filter(HttpEndpoint.class::isInstance).map(HttpEndpoint.class::cast)
            .filter(endpoint -> endpoint.getHttpUri().getPath().endsWith(PATH)).findFirst()
            .map(endpoint -> new AccountQuestion(context.createProducerTemplate(), endpoint));
    }

    /**
     * What came back.
     *
     * @param answer as it came
     * @param tls    the version of TLS that it came over; empty without TLS
     * @param date   the provider's time as it was said in the head; empty where it was not
     */
    public record Answered(ProviderAnswer answer, Optional<String> tls, String date) {
    }

    /**
     * Asks and waits.
     *
     * @return what came back
     * @throws IOException when nothing did; most often a {@link CallFailedException}
     */
    public Answered ask() throws IOException {
        Exchange exchange = calls.request(endpoint, asking -> ProviderCall.prepare(asking, "", true));
        if (exchange.getException() instanceof IOException failure) {
            throw failure;
        }
        if (exchange.getException() != null) {
            throw new IOException(exchange.getException());
        }
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        ProviderCall call = ProviderCall.of(exchange);
        if (call.doubtful()) {
            throw new CallFailedException(TransportFault.OUT_OF_STEP, new OutOfStepException());
        }
        return new Answered(new ProviderAnswer(status, Optional.empty(), body(exchange)), call.tls(), call.date());
    }

    private static byte[] body(Exchange exchange) throws IOException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            }
        }
        return body instanceof byte[] bytes ? bytes : new byte[0];
    }
}
