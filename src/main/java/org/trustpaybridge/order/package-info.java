/**
 * From the bytes of an {@code order-created} event to the TrustPay order that MultiSafepay takes, or to all the reasons why not. Pure
 * code: no Camel, no Kafka, no HTTP; an event of another shape belongs to {@code order.mapping}.
 */
package org.trustpaybridge.order;
