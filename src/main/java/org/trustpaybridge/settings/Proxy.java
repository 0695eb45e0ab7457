package org.trustpaybridge.settings;

import java.net.URI;
import java.util.Optional;

/**
 * An HTTP proxy on the way to the provider.
 *
 * @param url   scheme (http or https: how the proxy itself is spoken to), host and port, nothing else
 * @param login what it is told when it asks; empty: nothing
 * @param from  the name of the setting, variable or property that named it
 */
public record Proxy(URI url, Optional<Login> login, String from) {

    /**
     * User and password.
     *
     * @param user     without a colon
     * @param password may be empty
     */
    public record Login(String user, Secret password) {
    }

    /** @return its URL for people, which holds no secret */
    public String shown() {
        return url.toString();
    }
}
