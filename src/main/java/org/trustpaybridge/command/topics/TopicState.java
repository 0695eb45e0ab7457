package org.trustpaybridge.command.topics;

import java.util.Map;
import java.util.Optional;

/**
 * A topic as it is.
 *
 * @param partitions how many it has
 * @param replicas   how many copies of each
 * @param settings   by name, those that are defaults too
 */
record TopicState(int partitions, int replicas, Map<String, String> settings) {

    TopicState {
        settings = Map.copyOf(settings);
    }

    Optional<String> text(String setting) {
        return Optional.ofNullable(settings.get(setting));
    }

    /** Empty where the brokers do not know the setting. */
    Optional<Long> number(String setting) {
        return text(setting).filter(text -> text.matches("-?[0-9]{1,19}")).map(Long::valueOf);
    }
}
