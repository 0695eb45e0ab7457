/** Dead letters read back: what they say, which of them are meant, which may be replayed, and as what. Pure code: no Kafka, no Camel. */
package org.trustpaybridge.deadletters;
