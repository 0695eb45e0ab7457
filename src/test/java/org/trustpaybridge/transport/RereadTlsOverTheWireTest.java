package org.trustpaybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.TestCertificate;

/** The provider, or a firewall that looks into TLS, gets a certificate of another authority. */
class RereadTlsOverTheWireTest {

    @TempDir
    private Path folder;

    @Test
    void a_trust_store_that_is_exchanged_is_good_for_the_next_call_and_an_empty_one_changes_nothing() throws Exception {
        TestCertificate first = TestCertificate.in(Files.createDirectory(folder.resolve("first")));
        TestCertificate second = TestCertificate.in(Files.createDirectory(folder.resolve("second")));
        try (RawServer before = serving(first); RawServer after = serving(second);
             ClientRig rig = new ClientRig(SystemDefaultDnsResolver.INSTANCE, first)) {
            assertThat(post(rig, before).status()).isEqualTo(200);
            assertThat(post(rig, after).fault()).isEqualTo(TransportFault.CONNECT_FAILED);
            Files.write(first.trustStore(), new byte[0]);
            assertThat(post(rig, before).status()).isEqualTo(200);

            Files.copy(second.trustStore(), first.trustStore(), StandardCopyOption.REPLACE_EXISTING);

            assertThat(post(rig, after).status()).isEqualTo(200);
        }
    }

    private static RawServer serving(TestCertificate certificate) {
        return RawServer.on(certificate.listener(), talk -> {
            // A connection each, so that every call shakes hands.
            talk.answer(200, HostileProvider.created(HostileProvider.orderId(talk.request())));
        });
    }

    private static ClientRig.Call post(ClientRig rig, RawServer server) {
        return rig.post("https://127.0.0.1:" + server.port() + "/orders", "o-1");
    }
}
