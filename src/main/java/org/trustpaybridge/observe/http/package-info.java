/**
 * The HTTP of the management port that is the bridge's own: the status page, the numbers it shows, and the token that guards them. Health
 * and metrics are served there by Camel.
 */
package org.trustpaybridge.observe.http;
