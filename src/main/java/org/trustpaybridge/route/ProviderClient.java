package org.trustpaybridge.route;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.message.BasicHeader;
import org.trustpaybridge.settings.Secret;

/**
 * Sets up the HTTP client for the provider. The API key is added here, below Camel, so that it is never a header of an exchange and never
 * part of an endpoint's URI, which JMX shows.
 */
public final class ProviderClient implements HttpClientConfigurer {

    /** Answers are about one KiB. */
    private static final int ANSWER_CAP = 64 * 1024;

    private final Secret apiKey;
    private final Duration responseTimeout;
    private final String userAgent;

    /**
     * @param apiKey          key of the site
     * @param responseTimeout longest wait for a whole answer; the client's own time-out is for each read of it
     * @param userAgent       names this program and its version
     */
    public ProviderClient(Secret apiKey, Duration responseTimeout, String userAgent) {
        this.apiKey = apiKey;
        this.responseTimeout = responseTimeout;
        this.userAgent = userAgent;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder
            .setUserAgent(userAgent)
            .setDefaultHeaders(List.of(new BasicHeader("api_key", apiKey.reveal(), true), new BasicHeader("Accept", "application/json")))
            // A repetition hidden in the client would be a second payment link that nobody counted.
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            // Outermost, so that it counts bytes after decompression.
            .addExecInterceptorFirst("answer-limits", (request, scope, chain) -> {
                long deadline = System.nanoTime() + responseTimeout.toNanos();
                ClassicHttpResponse answer = chain.proceed(request, scope);
                HttpEntity entity = answer.getEntity();
                if (entity != null) {
                    // The client has unzipped it, and from 5.6 on leaves the header, by which camel-http would unzip it again.
                    answer.removeHeaders("Content-Encoding");
                    answer.setEntity(new LimitedEntity(entity, deadline, scope.execRuntime::discardEndpoint));
                }
                return answer;
            });
    }

    private static final class LimitedEntity extends HttpEntityWrapper {

        private final long deadline;
        private final Runnable discard;

        LimitedEntity(HttpEntity entity, long deadline, Runnable discard) {
            super(entity);
            this.deadline = deadline;
            this.discard = discard;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new LimitedStream(super.getContent(), getContentLength(), deadline, discard);
        }
    }

    /** Closing a stream reads it to its end, to use the connection again; beyond a limit the connection is given up first. */
    private static final class LimitedStream extends FilterInputStream {

        private final long length;
        private final long deadline;
        private final Runnable discard;
        private int left = ANSWER_CAP;

        LimitedStream(InputStream in, long length, long deadline, Runnable discard) {
            super(in);
            this.length = length;
            this.deadline = deadline;
            this.discard = discard;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            check(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            check(Math.max(0, read));
            return read;
        }

        /** Where the provider says how long its answer is, no more memory is taken than that. */
        @Override
        public byte[] readAllBytes() throws IOException {
            return length < 0 || length > ANSWER_CAP ? super.readAllBytes() : readNBytes((int) length);
        }

        private void check(int read) throws IOException {
            left -= read;
            if (left < 0) {
                discard.run();
                throw new AnswerTooLargeException(ANSWER_CAP);
            }
            if (System.nanoTime() - deadline > 0) {
                discard.run();
                throw new SocketTimeoutException("the answer was not complete in time");
            }
        }
    }
}
