/**
 * The state of the provider, of publishing and of the flow in words: as conditions for those who look, and as log events when it
 * changes. What the state is, is decided in {@code delivery}.
 */
package org.trustpaybridge.observe.state;
