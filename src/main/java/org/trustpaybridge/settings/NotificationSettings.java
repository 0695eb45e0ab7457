package org.trustpaybridge.settings;

import java.time.Duration;

/**
 * How notifications are received.
 *
 * @param host   address to listen on
 * @param port   port to listen on
 * @param path   where they come in
 * @param maxAge how far the time of a signature may be from this clock, in either direction
 */
public record NotificationSettings(String host, int port, String path, Duration maxAge) {
}
