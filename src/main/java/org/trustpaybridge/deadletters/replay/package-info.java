/**
 * Dead letters on a broker: reads the topics that tell what became of them, and puts events back on the inbound topic. What may be
 * replayed is decided in {@code deadletters}.
 */
package org.trustpaybridge.deadletters.replay;
