/**
 * Kafka's side of the bridge: the consumer that keeps many records in flight, the readers of what was published, and the clients that
 * all of them are made from. What is decided of a record, or of a place to read from, belongs to {@code delivery}.
 */
package org.trustpaybridge.kafka;
