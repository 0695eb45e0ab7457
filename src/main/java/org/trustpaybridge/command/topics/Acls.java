package org.trustpaybridge.command.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.apache.kafka.common.acl.AclOperation;
import org.trustpaybridge.command.check.CheckTopics;

/** The commands that grant the bridge what it needs, and nothing else; see "these rights are enough" in docs/reliability.md. */
final class Acls {

    private Acls() {
    }

    /** @param principal as Kafka writes it, such as {@code User:trustpay-bridge} */
    static List<String> commands(String brokers, CheckTopics topics, String group, String principal) {
        List<String> commands = new ArrayList<>();
        for (CheckTopics.Role role : topics.all()) {
            commands.add(command(brokers, principal, role.rights().stream().toList(), "--topic " + quoted(role.name())));
        }
        // READ has DESCRIBE in it, and WRITE what idempotent producers need, since Kafka 3.0.
        commands.add(command(brokers, principal, List.of(AclOperation.READ), "--group " + quoted(group)));
        commands.add(command(brokers, principal, List.of(AclOperation.READ), "--group " + quoted(group + ".acknowledged")));
        return commands;
    }

    private static String command(String brokers, String principal, List<AclOperation> operations, String on) {
        StringBuilder command = new StringBuilder("kafka-acls.sh --bootstrap-server ").append(brokers).append(" --add --allow-principal ")
            .append(quoted(principal));
        new TreeSet<>(operations).forEach(operation -> command.append(" --operation ").append(operation));
        return command.append(' ').append(on).toString();
    }

    /** For a shell. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9._:=,@/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
