package org.trustpaybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.settings.Proxy;
import org.trustpaybridge.settings.Secret;
import org.trustpaybridge.testkit.ForwardProxy;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.TestCertificate;
import org.trustpaybridge.transport.ClientRig.Call;

/** What a proxy says before there is a way to the provider is not the provider's answer. */
class ProxyOverTheWireTest {

    @TempDir
    private Path folder;
    private TestCertificate certificate;
    private RawServer provider;
    private volatile RawServer.Script script;
    private RawServer proxy;
    private ClientRig rig;

    @BeforeEach
    void start() {
        certificate = TestCertificate.in(folder);
        provider = RawServer.on(certificate.listener(), talk -> {
            while (true) {
                talk.answer(200, HostileProvider.created(HostileProvider.orderId(talk.request())));
            }
        });
        proxy = RawServer.start(talk -> {
            talk.request();
            script.serve(talk);
        });
        rig = new ClientRig(SystemDefaultDnsResolver.INSTANCE, certificate, proxy.port());
    }

    @AfterEach
    void stop() {
        rig.close();
        proxy.close();
        provider.close();
    }

    @Test
    void orders_go_through_one_tunnel() {
        script = this::tunnel;

        List<Call> calls = IntStream.range(0, 10).mapToObj(n -> post("o-" + n)).toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.status()).as(call.toString()).isEqualTo(200));
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 400, 401, 403, 404, 407, 410, 422, 429, 500, 502, 503})
    void whatever_it_refuses_with_the_provider_was_not_reached(int status) {
        script = talk -> talk.answer(status, "{\"success\":false,\"data\":{},\"error_code\":1001,\"error_info\":\"Invalid amount\"}");

        Call call = post("refused");

        assertThat(call.fault()).as(call.toString()).isEqualTo(status == 407 ? TransportFault.PROXY_LOGIN_REFUSED
            : TransportFault.PROXY_REFUSED);
        script = this::tunnel;
        assertThat(post("afterwards").status()).isEqualTo(200);
    }

    @Test
    void a_proxy_that_is_not_there_is_to_blame_and_not_the_provider() {
        proxy.close();

        assertThat(post("nobody").fault()).isEqualTo(TransportFault.PROXY_UNREACHABLE);
    }

    @Test
    void a_proxy_may_be_spoken_to_over_tls() {
        try (RawServer secure = RawServer.on(certificate.listener(), talk -> {
            talk.request();
            tunnel(talk);
        }); ClientRig over = through("https://127.0.0.1:" + secure.port())) {
            Call call = over.post("https://127.0.0.1:" + provider.port() + "/orders", "tls-in-tls");

            assertThat(call.status()).as(call.toString()).isEqualTo(200);
        }
    }

    @Test
    void without_tls_each_call_is_passed_on_with_the_login_and_a_refused_login_is_not_the_providers_answer() {
        AtomicInteger status = new AtomicInteger(200);
        List<String> logins = new CopyOnWriteArrayList<>();
        try (RawServer forwarding = RawServer.start(talk -> {
            while (true) {
                RawServer.Request request = talk.request();
                logins.add(request.line() + " " + request.header("proxy-authorization"));
                talk.answer(status.get(), HostileProvider.created(HostileProvider.orderId(request)));
            }
        }); ClientRig over = through("http://127.0.0.1:" + forwarding.port())) {
            assertThat(over.post("http://provider.invalid/orders", "plain").status()).isEqualTo(200);
            status.set(407);
            assertThat(over.post("http://provider.invalid/orders", "plain").fault()).isEqualTo(TransportFault.PROXY_LOGIN_REFUSED);
        }
        assertThat(logins).isNotEmpty().allMatch(said -> said.equals("POST http://provider.invalid/orders HTTP/1.1 Basic bWU6cHc="));
    }

    private ClientRig through(String url) {
        return new ClientRig(SystemDefaultDnsResolver.INSTANCE, certificate,
            Optional.of(new Proxy(URI.create(url), Optional.of(new Proxy.Login("me", new Secret("pw"))), "test")));
    }

    @Test
    void whatever_it_does_instead_a_call_ends_in_time() {
        Map<String, RawServer.Script> ways = new LinkedHashMap<>();
        ways.put("silence", RawServer.Talk::awaitClosed);
        ways.put("drip", talk -> talk.say("HTTP/1.1 200 OK\r\n").drip("X-A: b\r\n"));
        ways.put("flood", talk -> talk.say("HTTP/1.1 200 OK\r\n").flood("X-A: b\r\n"));
        ways.put("informational", talk -> talk.flood("HTTP/1.1 103 Early Hints\r\n\r\n"));
        ways.put("nonsense", talk -> talk.say("HTTP/1.1 000\r\n\r\n").awaitClosed());
        ways.put("long body", talk -> talk.say("HTTP/1.1 403 No\r\nContent-Length: 9999999999\r\n\r\n").flood("a"));
        ways.put("endless chunks", talk -> talk.say("HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n").flood("1\r\na\r\n"));
        ways.put("a tunnel to nowhere", talk -> talk.say("HTTP/1.1 200 OK\r\n\r\n").awaitClosed());
        ways.put("a tunnel to something else", talk -> talk.say("HTTP/1.1 200 OK\r\n\r\n{}").awaitClosed());
        ways.forEach((way, does) -> {
            script = does;

            Call call = post("o");

            assertThat(call.fault()).as(way + ": " + call).isEqualTo(TransportFault.CONNECT_FAILED);
            assertThat(call.took()).as(way).isLessThan(ClientRig.CONNECT.plus(ClientRig.RESPONSE).plus(ClientRig.LATE));
        });
    }

    private Call post(String orderId) {
        return rig.post("https://127.0.0.1:" + provider.port() + "/orders", orderId);
    }

    private void tunnel(RawServer.Talk talk) throws IOException {
        try (Socket target = new Socket("127.0.0.1", provider.port())) {
            talk.say("HTTP/1.1 200 OK\r\n\r\n");
            ForwardProxy.tunnel(talk.socket(), target);
        }
    }
}
