package org.trustpaybridge.kafka;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.authenticator.SaslClientCallbackHandler;
import org.trustpaybridge.secrets.RefusedSecretException;
import org.trustpaybridge.secrets.Reread;
import org.trustpaybridge.secrets.SecretSource;

/**
 * A login with user and password (SCRAM, PLAIN) whose password is the first line of a file, named by the option {@code passwordFile} of
 * {@code sasl.jaas.config}. It is read with each login of a connection, so that a new password needs no restart. Made by Kafka's client by
 * its name.
 */
public final class PasswordFile extends SaslClientCallbackHandler {

    /** Of {@code sasl.jaas.config}. */
    static final String OPTION = "passwordFile";

    private Reread<String> password;

    @Override
    public void configure(Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaasConfigEntries) {
        super.configure(configs, saslMechanism, jaasConfigEntries);
        password = path(jaasConfigEntries, OPTION).map(path -> of(OPTION, path))
            .orElseThrow(() -> new KafkaException("sasl.jaas.config has no option " + OPTION));
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof PasswordCallback asked) {
                password.look();
                asked.setPassword(password.get().toCharArray());
            } else {
                super.handle(new Callback[] {callback});
            }
        }
    }

    /**
     * @param login  parts of {@code sasl.jaas.config}
     * @param option of it
     * @return the file that it names
     */
    static Optional<String> path(List<AppConfigurationEntry> login, String option) {
        return login.stream().map(entry -> entry.getOptions().get(option)).filter(String.class::isInstance).map(String.class::cast)
            .findFirst();
    }

    /**
     * @param option of {@code sasl.jaas.config} that names the file
     * @param path   of the file
     * @return its first line
     * @throws KafkaException when it has none
     */
    static Reread<String> of(String option, String path) {
        try {
            return Reread.made("camel.component.kafka.sasl-jaas-config, " + option, List.of(SecretSource.file(Path.of(path))),
                PasswordFile::firstLine);
        } catch (Exception e) {
            throw new KafkaException("the file of " + option + " in sasl.jaas.config cannot be read, or its first line is empty", e);
        }
    }

    private static String firstLine(byte[] content) throws RefusedSecretException {
        return new String(content, StandardCharsets.UTF_8).lines().findFirst().map(String::strip).filter(line -> !line.isEmpty())
            .orElseThrow(() -> new RefusedSecretException("has an empty first line"));
    }
}
