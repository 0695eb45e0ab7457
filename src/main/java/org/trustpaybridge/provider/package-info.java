/**
 * What an answer of the payment provider means for the order that it was given for. Pure code: the call itself is in {@code transport},
 * and what becomes of the order is decided in {@code delivery}.
 */
package org.trustpaybridge.provider;
