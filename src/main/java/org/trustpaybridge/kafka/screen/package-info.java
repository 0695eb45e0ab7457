/**
 * Keeps what is read of Kafka within the heap. Kafka's own client unpacks a record whole, however large it is, and hands out as many at
 * once as it is told, whatever they take.
 */
package org.trustpaybridge.kafka.screen;
