package org.trustpaybridge.delivery;

import java.time.Duration;

/**
 * How an order stands after one more failing call.
 *
 * @param alone     whether the order is to blame rather than the provider: it failed before and after others succeeded
 * @param byRefusal whether nobody else was there to succeed, and the provider was found to take orders by one that it has to refuse
 * @param time      how long it has been failing while the provider was up; what it is given up by
 * @param calls     failing calls for it so far
 */
record OrderStanding(boolean alone, boolean byRefusal, Duration time, int calls) {
}
