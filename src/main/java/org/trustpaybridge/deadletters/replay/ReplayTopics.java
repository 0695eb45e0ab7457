package org.trustpaybridge.deadletters.replay;

/**
 * The topics that a replay has to do with, and the group that keeps two replays apart.
 *
 * @param deadLetter dead-letter topic
 * @param inbound    topic that replayed records go to
 * @param outbound   topic of payment URLs
 * @param group      consumer group of replays
 */
public record ReplayTopics(String deadLetter, String inbound, String outbound, String group) {
}
