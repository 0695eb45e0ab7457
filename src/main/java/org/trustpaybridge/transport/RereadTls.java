package org.trustpaybridge.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.HostnameVerifier;

import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.client5.http.socket.LayeredConnectionSocketFactory;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.trustpaybridge.secrets.Reread;
import org.trustpaybridge.secrets.SecretSource;

/**
 * TLS with stores that are read again for each new connection, if their bytes have changed. camel-http asks for a deprecated socket factory
 * (4.18).
 */
@SuppressWarnings("deprecation")
final class RereadTls implements LayeredConnectionSocketFactory {

    private final Reread<SSLConnectionSocketFactory> tls;

    private RereadTls(Reread<SSLConnectionSocketFactory> tls) {
        this.tls = tls;
    }

    /**
     * @param parameters key store and trust store
     * @return empty when there is neither
     * @throws IOException when they cannot be used
     */
    static Optional<RereadTls> of(SSLContextParameters parameters, HostnameVerifier verifier, CamelContext context) throws IOException {
        List<SecretSource> files = new ArrayList<>();
        Stream.of(Optional.ofNullable(parameters.getKeyManagers()).map(KeyManagersParameters::getKeyStore),
                Optional.ofNullable(parameters.getTrustManagers()).map(TrustManagersParameters::getKeyStore))
            .flatMap(Optional::stream).map(KeyStoreParameters::getResource).filter(resource -> resource != null).forEach(resource ->
                files.add(() -> {
                    try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
                        return in.readAllBytes();
                    }
                }));
        if (files.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RereadTls(Reread.made("camel.ssl.key-store, trust-store", files,
                content -> new SSLConnectionSocketFactory(parameters.createSSLContext(context), verifier))));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    Reread<SSLConnectionSocketFactory> files() {
        return tls;
    }

    @Override
    public Socket createSocket(HttpContext context) throws IOException {
        tls.look();
        return tls.get().createSocket(context);
    }

    @Override
    public Socket connectSocket(TimeValue timeout, Socket socket, HttpHost host, InetSocketAddress remote, InetSocketAddress local,
                                HttpContext context) throws IOException {
        return tls.get().connectSocket(timeout, socket, host, remote, local, context);
    }

    @Override
    public Socket connectSocket(Socket socket, HttpHost host, InetSocketAddress remote, InetSocketAddress local, Timeout timeout,
                                Object attachment, HttpContext context) throws IOException {
        return tls.get().connectSocket(socket, host, remote, local, timeout, attachment, context);
    }

    @Override
    public Socket createLayeredSocket(Socket socket, String target, int port, HttpContext context) throws IOException {
        tls.look();
        return tls.get().createLayeredSocket(socket, target, port, context);
    }

    @Override
    public Socket createLayeredSocket(Socket socket, String target, int port, Object attachment, HttpContext context) throws IOException {
        tls.look();
        return tls.get().createLayeredSocket(socket, target, port, attachment, context);
    }
}
