/**
 * Where a partition of the inbound topic is read from, decided by facts: what cannot be proven to be new is not posted, and where the
 * facts do not say what was done, an operator is asked. Pure code; the facts are gathered in {@code kafka}.
 */
package org.trustpaybridge.delivery.position;
