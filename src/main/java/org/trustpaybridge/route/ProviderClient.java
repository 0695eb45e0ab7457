package org.trustpaybridge.route;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
    private final String userAgent;

    /**
     * @param apiKey    key of the site
     * @param userAgent names this program and its version
     */
    public ProviderClient(Secret apiKey, String userAgent) {
        this.apiKey = apiKey;
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
            .addExecInterceptorFirst("answer-cap", (request, scope, chain) -> cap(chain.proceed(request, scope)));
    }

    private static ClassicHttpResponse cap(ClassicHttpResponse answer) {
        HttpEntity entity = answer.getEntity();
        if (entity != null) {
            answer.setEntity(new CappedEntity(entity));
        }
        return answer;
    }

    private static final class CappedEntity extends HttpEntityWrapper {

        CappedEntity(HttpEntity entity) {
            super(entity);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new CappedStream(super.getContent());
        }
    }

    private static final class CappedStream extends FilterInputStream {

        private int left = ANSWER_CAP;

        CappedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new AnswerTooLargeException(ANSWER_CAP);
            }
        }
    }
}
