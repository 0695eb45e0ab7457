package org.trustpaybridge.order.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryBreakException;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * {@code {a: ..., b: ...}}. Each member is evaluated before the next one, where jackson-jq evaluates them within one another.
 *
 * @param members in their order
 * @param strict  whether a member without a value is an error. In jq it makes the whole object none, and that of the order itself would be
 *                skipped as not for TrustPay when a {@code select} in one of its members says no
 */
record Members(List<Member> members, boolean strict) implements Expression {

    Members {
        members = List.copyOf(members);
    }

    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath) throws JsonQueryException {
        List<List<Map.Entry<String, JsonNode>>> choices = new ArrayList<>();
        for (Member member : members) {
            List<Map.Entry<String, JsonNode>> values = values(member, scope, in);
            if (values.isEmpty() && strict) {
                throw new Refusal("no value for " + member.key(), "one, or null to leave the member out");
            }
            if (values.isEmpty()) {
                return;
            }
            choices.add(values);
        }
        emit(choices, new LinkedHashMap<>(), output);
    }

    private static List<Map.Entry<String, JsonNode>> values(Member member, Scope scope, JsonNode in) throws JsonQueryException {
        List<Map.Entry<String, JsonNode>> values = new ArrayList<>(1);
        member.key().apply(scope, in, key -> {
            if (!key.isTextual()) {
                throw Refusal.of(key, "a string as the name of a member");
            }
            try {
                member.value().apply(scope, in, value -> values.add(Map.entry(key.textValue(), value)));
            } catch (JsonQueryBreakException e) {
                // jq would have made an object of these before; here it would be none, and the order silently skipped.
                if (!values.isEmpty()) {
                    throw new Refusal("a break out of a member that has a value", "a label within that member");
                }
                throw e;
            }
        });
        return values;
    }

    /** One object for each choice of a value of each member. */
    private static void emit(List<List<Map.Entry<String, JsonNode>>> choices, Map<String, JsonNode> made, PathOutput output)
            throws JsonQueryException {
        if (choices.isEmpty()) {
            output.emit(new ObjectNode(JsonNodeFactory.instance, new LinkedHashMap<>(made)), null);
            return;
        }
        for (Map.Entry<String, JsonNode> member : choices.get(0)) {
            Map<String, JsonNode> more = choices.get(0).size() == 1 ? made : new LinkedHashMap<>(made);
            more.put(member.getKey(), member.getValue());
            emit(choices.subList(1, choices.size()), more, output);
        }
    }

    @Override
    public String toString() {
        return "{...}";
    }

    /** One member; its name is an expression too. */
    record Member(Expression key, Expression value) {
    }
}
