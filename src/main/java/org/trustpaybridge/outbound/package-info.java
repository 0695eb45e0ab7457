/** What the bridge publishes: the payment URL of an order, or a dead letter. Pure code: no Camel, no Kafka, no HTTP. */
package org.trustpaybridge.outbound;
