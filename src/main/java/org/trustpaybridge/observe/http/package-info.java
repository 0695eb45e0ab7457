/**
 * The HTTP of the management port that is the bridge's own: the status page, the numbers it shows, the token that guards them, and the
 * bounds of requests. Health and metrics are served there by Camel.
 */
package org.trustpaybridge.observe.http;
