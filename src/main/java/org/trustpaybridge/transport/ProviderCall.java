package org.trustpaybridge.transport;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSession;

import org.apache.camel.Exchange;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.trustpaybridge.provider.TransportFault;

/**
 * One call, from the wait for a connection to the last byte of its answer: what it may take, and how far its answer can be trusted to be
 * its own. Used by the thread that calls; {@link Deadlines} alone looks at it from another.
 */
public final class ProviderCall {

    private static final String PROPERTY = "bridge.call";
    private static final byte[] PAYMENT_URL = "\"payment_url\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] orderId;
    private final boolean freshConnection;

    private long end;
    private volatile long deadline;
    private volatile boolean expired;
    private volatile Cancellable request;

    private boolean proxied;
    private boolean connecting;
    private boolean reachedProxy;
    private boolean sent;
    private boolean surplus;
    private ConnectionDoubts doubts;
    private ProviderConnection connection;
    private SSLSession tls;
    private String date = "";

    private ProviderCall(String orderId, boolean freshConnection) {
        this.orderId = orderId.getBytes(StandardCharsets.UTF_8);
        this.freshConnection = freshConnection;
    }

    /**
     * Says what is known of the next call of an exchange.
     *
     * @param exchange        the exchange
     * @param orderId         an answer that brings a payment URL names this order
     * @param freshConnection whether a connection is to be opened for it
     */
    public static void prepare(Exchange exchange, String orderId, boolean freshConnection) {
        exchange.setProperty(PROPERTY, new ProviderCall(orderId, freshConnection));
    }

    /** @return the call of an exchange; one that knows nothing where none was prepared */
    public static ProviderCall of(Exchange exchange) {
        ProviderCall call = exchange == null ? null : exchange.getProperty(PROPERTY, ProviderCall.class);
        return call == null ? new ProviderCall("", false) : call;
    }

    /**
     * @return whether the answer may belong to another request: something came behind it, or its connection had been used before and is
     *         one of those that may be out of step. Nothing that ends an order is to be believed then
     */
    public boolean doubtful() {
        return surplus || connection != null && connection.reused() && (doubts.lately() || doubts.concern(connection.openedNanos()));
    }

    /**
     * Notes that the answer names another order.
     *
     * @return whether an earlier request of its connection may be to blame; not so on one that was opened for this call
     */
    public boolean namesOtherOrder() {
        if (doubts != null) {
            doubts.note(OutOfStep.OTHER_ORDER);
        }
        return connection != null && connection.reused();
    }

    boolean wantsFreshConnection() {
        return freshConnection;
    }

    void begins(Cancellable cancellable, Duration atMost) {
        end = System.nanoTime() + atMost.toNanos();
        deadline = end;
        request = cancellable;
    }

    /** Sets the end of the step that begins; that of the whole call stands. */
    void within(Duration atMost) {
        long own = System.nanoTime() + atMost.toNanos();
        deadline = own - end < 0 ? own : end;
    }

    long deadline() {
        return deadline;
    }

    /** Called again and again from the deadline on, until the call has ended. */
    void expire() {
        expired = true;
        request.cancel();
    }

    void goesThroughProxy() {
        proxied = true;
    }

    void connects() {
        connecting = true;
    }

    /** A connection to the proxy is there, and it is asked for the way to the provider. */
    void reachedProxy() {
        reachedProxy = true;
    }

    void sends(ProviderConnection over, ConnectionDoubts shared) {
        connection = over;
        doubts = shared;
        tls = over.getSSLSession();
        sent = true;
    }

    /** Whether the request itself went out; what is answered before that comes from a proxy. */
    boolean sent() {
        return sent;
    }

    void answered(Header dateOfAnswer) {
        date = dateOfAnswer == null ? "" : dateOfAnswer.getValue();
    }

    /** @return the version of TLS between here and the provider, empty without it; known once the request is sent */
    Optional<String> tls() {
        return Optional.ofNullable(tls).map(SSLSession::getProtocol);
    }

    /** @return the time of the provider as it was said in the head of the answer; empty where it was not */
    String date() {
        return date;
    }

    void surplus() {
        surplus = true;
    }

    /** Whether an answer is certainly that of this call: it brings a payment URL and names the order. */
    boolean owns(byte[] body) {
        return orderId.length > 0 && contains(body, PAYMENT_URL) && contains(body, orderId);
    }

    /** What became of the call that ended so. */
    TransportFault fault(Throwable failure) {
        if (failure instanceof OutOfStepException) {
            return TransportFault.OUT_OF_STEP;
        }
        if (failure instanceof ProxyRefusedException refused) {
            return refused.status() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED ? TransportFault.PROXY_LOGIN_REFUSED
                : TransportFault.PROXY_REFUSED;
        }
        if (!sent) {
            return proxied && connecting && !reachedProxy ? TransportFault.PROXY_UNREACHABLE : TransportFault.CONNECT_FAILED;
        }
        if (expired || failure instanceof SocketTimeoutException) {
            return TransportFault.TIMED_OUT;
        }
        if (failure instanceof AnswerTooLargeException || failure instanceof MessageConstraintException) {
            return TransportFault.ANSWER_TOO_LARGE;
        }
        boolean malformed = failure instanceof HttpException || failure instanceof MalformedChunkCodingException
            || failure instanceof RuntimeException || failure instanceof Error;
        return malformed ? TransportFault.MALFORMED_ANSWER : TransportFault.CONNECTION_LOST;
    }

    private static boolean contains(byte[] text, byte[] word) {
        for (int at = 0; at <= text.length - word.length; at++) {
            int same = 0;
            while (same < word.length && text[at + same] == word[same]) {
                same++;
            }
            if (same == word.length) {
                return true;
            }
        }
        return false;
    }
}
