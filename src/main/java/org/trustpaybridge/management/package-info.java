/** What an operator sees of the engine and how it is steered: health, JMX, and the log of the provider's state. */
package org.trustpaybridge.management;
