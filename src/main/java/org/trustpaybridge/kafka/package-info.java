/** Kafka's side of the bridge: the consumer that keeps many records in flight, and the form in which records leave. */
package org.trustpaybridge.kafka;
