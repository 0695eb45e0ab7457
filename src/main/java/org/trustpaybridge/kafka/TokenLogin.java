package org.trustpaybridge.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/**
 * Gives Kafka's client its tokens ({@link Tokens}), and in place of one the sentence that says why there is none: as the description of an
 * error, since Kafka's login module (3.9.2) logs an exception with its stack trace and passes its words on to nobody. Made by Kafka's
 * client by its name.
 */
public final class TokenLogin implements AuthenticateCallbackHandler {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private Tokens tokens;
    private boolean given;

    @Override
    public void configure(Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaasConfigEntries) {
        tokens = Tokens.of(configs).orElseThrow(() -> new KafkaException("These are no properties of the bridge's"));
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerTokenCallback asked) {
                answer(asked);
            } else if (callback instanceof SaslExtensionsCallback extensions) {
                tokens.extend(extensions);
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    private void answer(OAuthBearerTokenCallback asked) {
        try {
            asked.token(given ? next() : tokens.take());
            given = true;
        } catch (Tokens.NoTokenException e) {
            asked.error("no_token", e.getMessage(), null);
        }
    }

    /** Whoever asks again is Kafka's thread that has nothing else to do, and would itself come back only after ten seconds. */
    private OAuthBearerToken next() throws Tokens.NoTokenException {
        while (true) {
            try {
                return tokens.take();
            } catch (Tokens.NoTokenException e) {
                try {
                    Thread.sleep(PAUSE.toMillis());
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        // The tokens are everybody's.
    }
}
