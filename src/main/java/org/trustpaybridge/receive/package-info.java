/**
 * The HTTP server that MultiSafepay's notifications come in at, apart from the management port. What a notification means does not belong
 * here.
 */
package org.trustpaybridge.receive;
