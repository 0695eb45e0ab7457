/**
 * A stand-in for MultiSafepay's orders API and its payment page, because TrustPay cannot be tried in a MultiSafepay test account: it
 * answers, refuses and breaks as the real one may. Depends on no other package of this project, so that it judges what the bridge sends
 * with rules of its own.
 */
package org.trustpaybridge.simulator;
