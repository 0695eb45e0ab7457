package org.trustpaybridge.command.topics;

/**
 * A setting of a topic that is not as the promises need it.
 *
 * @param topic   its name
 * @param setting of the topic, as Kafka names it
 * @param is      its value
 * @param value   one that is good
 * @param why     what goes wrong with the present one, in a few words
 */
record Difference(String topic, String setting, String is, String value, String why) {
}
