/**
 * Where a partition of the inbound topic is read from, decided by facts. Pure code: no Camel, no Kafka, no HTTP; the facts are gathered
 * elsewhere. What cannot be proven to be new is not posted: where the facts do not say what was done, an operator is asked.
 */
package org.trustpaybridge.position;
