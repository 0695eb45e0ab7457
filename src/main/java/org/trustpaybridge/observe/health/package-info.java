/** The bridge's health check for Camel. It renders conditions, and judges nothing itself. */
package org.trustpaybridge.observe.health;
