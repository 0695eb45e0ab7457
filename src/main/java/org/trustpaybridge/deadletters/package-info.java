/**
 * Dead letters read back: what they say, which of them are meant, which may be replayed, and as what. Pure code: topics are read and
 * written in {@code deadletters.replay}.
 */
package org.trustpaybridge.deadletters;
