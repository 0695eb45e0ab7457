/** What the bridge publishes: the payment URL of an order, or a dead letter. Pure code: the record is sent by a route. */
package org.trustpaybridge.outbound;
