/**
 * {@code offsets}: what Kafka has of the inbound topic and of the group, and what a bridge would do with it. Where a partition is read
 * from is decided in {@code delivery.position}, not here.
 */
package org.trustpaybridge.command.offsets;
