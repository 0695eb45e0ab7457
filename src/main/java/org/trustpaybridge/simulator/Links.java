package org.trustpaybridge.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Adds parameters to URLs that may have some already. */
final class Links {

    private Links() {
    }

    /** The URL with one more query parameter, set before its fragment if it has one. */
    static String withParameter(String url, String name, String value) {
        int hash = url.indexOf('#');
        String start = hash < 0 ? url : url.substring(0, hash);
        String fragment = hash < 0 ? "" : url.substring(hash);
        return start + (start.indexOf('?') < 0 ? '?' : '&') + name + '=' + encoded(value) + fragment;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
