/** The program: an {@code order-created} event on Kafka becomes a TrustPay payment URL on Kafka. */
package org.trustpaybridge;
