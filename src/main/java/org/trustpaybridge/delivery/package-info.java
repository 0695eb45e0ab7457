/**
 * The bookkeeping of delivery: which records are in flight, which wait, how far a partition is finished, when a call is repeated. Pure
 * code: no Camel, no Kafka, no HTTP. Of words for people it has those of dead letters alone.
 */
package org.trustpaybridge.delivery;
