/** The command {@code topics}: creates the bridge's topics and gives them the settings that its promises need. */
package org.trustpaybridge.topics;
