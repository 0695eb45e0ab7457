package org.trustpaybridge.kafka;

import java.time.Duration;

import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishLease;

/**
 * What a consumer of orders works with.
 *
 * @param window      books of the records in flight
 * @param publishedBefore read before orders are worked on
 * @param positions   knows where to read from
 * @param lease       renewed with every poll
 * @param consumption the operator's switch
 * @param brokerWatch told of every poll
 * @param drain       longest wait for records in flight when their partitions are given away
 * @param alive       told of signs of life, and of failures
 * @param originals   reads what was held without its value
 */
public record ConsumerContext(InFlightWindow window, PublishedBefore publishedBefore, Positions positions, PublishLease lease,
                              ConsumptionSwitch consumption, BrokerWatch brokerWatch, Duration drain, Polling alive, Originals originals) {
}
