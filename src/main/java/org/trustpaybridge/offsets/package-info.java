/** The command {@code offsets}: what Kafka has of the inbound topic and of the group, and what a bridge would do with it. */
package org.trustpaybridge.offsets;
