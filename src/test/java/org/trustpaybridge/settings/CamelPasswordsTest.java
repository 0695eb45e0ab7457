package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CamelPasswordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x.PlainLoginModule required username="u" password="p 1";           | p 1
            x.ScramLoginModule required username=u password=p2;                | p2
            x.M required password="a\\"b\\\\c" tokenauth="true";               | a"b\\c
            x.OAuthBearerLoginModule required clientId="c" clientSecret="s3" ; | s3
            """)
    void the_password_of_a_login_is_known(String jaas, String password) {
        assertThat(CamelPasswords.of(Map.of("camel.component.kafka.sasl-jaas-config", jaas))).containsExactly(password);
    }

    @Test
    void passwords_of_stores_are_known_in_each_spelling_of_their_name() {
        assertThat(CamelPasswords.of(Map.of("camel.component.kafka.ssl-keystore-password", "p1", "camel.component.kafka.sslKeyPassword",
            "p2",
            "camel.component.kafka.additional-properties[ssl.truststore.password]", "p3",
            "camel.component.kafka.additional-properties[sasl.jaas.config]", "M required password=p4;",
            "camel.component.http.proxy-auth-password", "p5"))).containsExactlyInAnyOrder("p1", "p2", "p3", "p4", "p5");
    }

    @Test
    void other_settings_are_none() {
        assertThat(CamelPasswords.of(Map.of("topic.order-created", "orders", "camel.component.kafka.security-protocol", "SASL_SSL",
            "camel.component.kafka.ssl-keystore-location", "/etc/passwords"))).isEmpty();
    }
}
