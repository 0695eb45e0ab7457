/**
 * Keeps what is read of Kafka within the heap, as Kafka's own client unpacks a record whole, however large it is, and hands out as many
 * at once as it is told, whatever they take. What becomes of a record that is too large is not decided here.
 */
package org.trustpaybridge.kafka.screen;
