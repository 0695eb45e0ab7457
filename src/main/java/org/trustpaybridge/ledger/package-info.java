/**
 * What is known of orders whose payment URL was published. Pure code: no Camel, no Kafka, no HTTP; the outbound topic is read elsewhere.
 */
package org.trustpaybridge.ledger;
