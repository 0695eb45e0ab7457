/**
 * {@code topics}: creates the bridge's topics and gives them the settings that its promises need. What these are is the business of
 * {@code check}, so that both say the same.
 */
package org.trustpaybridge.command.topics;
