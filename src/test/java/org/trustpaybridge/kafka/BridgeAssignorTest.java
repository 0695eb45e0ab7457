package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.Test;

class BridgeAssignorTest {

    @Test
    void a_group_of_bridges_is_known_by_the_way_in_which_they_share_partitions() {
        assertThat(BridgeAssignor.isForeign(group(new BridgeAssignor().name(), "consumer-1"))).isFalse();
        assertThat(BridgeAssignor.isForeign(group(""))).isFalse();
        assertThat(BridgeAssignor.isForeign(group("range", "console-consumer"))).isTrue();
    }

    @Test
    void members_are_named_without_characters_that_might_be_misread() {
        String members = BridgeAssignor.members(group("range", "d", "a\" b=c\n<script>", "b", "c"));

        assertThat(members).isEqualTo("abcscript at 10.0.0.7, b at 10.0.0.7, c at 10.0.0.7 and 1 more");
    }

    private static ConsumerGroupDescription group(String assignor, String... clientIds) {
        List<MemberDescription> members = Stream.of(clientIds)
            .map(id -> new MemberDescription(id, id, "/10.0.0.7", new MemberAssignment(Set.of()))).toList();
        return new ConsumerGroupDescription("orders", false, members, assignor, ConsumerGroupState.STABLE, new Node(1, "127.0.0.1", 9092));
    }
}
