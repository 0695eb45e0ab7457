/**
 * The program: an {@code order-created} event on Kafka becomes a TrustPay payment URL on Kafka. Only the place where it begins is here;
 * each package below is a room of its own.
 */
package org.trustpaybridge;
