package org.trustpaybridge.preview;

import org.trustpaybridge.order.IncomingEvent;

/**
 * An event, and where it was found.
 *
 * @param place {@code line 3}, or {@code order-created-0@17}: topic, partition, offset
 * @param event the event as the mapping sees it
 */
public record FoundEvent(String place, IncomingEvent event) {
}
