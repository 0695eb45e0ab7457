/** Dead letters on a broker: reads the topics that tell what became of them, and puts events back on the inbound topic. */
package org.trustpaybridge.replay;
