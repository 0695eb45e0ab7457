package org.trustpaybridge.order.mapping;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.internal.functions.DelPathsFunction;
import net.thisptr.jackson.jq.internal.functions.GetPathFunction;
import net.thisptr.jackson.jq.internal.functions.SetPathFunction;

/** Functions that go on for as long as they are let, and those that set what a path leads to. */
final class Loops {

    /** An array is filled with nulls up to the index that is set. */
    static final int MAX_INDEX = 10_000;

    private Loops() {
    }

    static void register(Natives natives) {
        paths(natives);
        range(natives);
        natives.put("while/2", loop(natives, true));
        natives.put("until/2", loop(natives, false));
    }

    private static void paths(Natives natives) {
        natives.put("getpath/1", new GetPathFunction());
        natives.put("setpath/2", (scope, args, in, path, output, version) -> {
            Expression checked = (within, input, at, out, required) ->
                args.get(0).apply(within, input, at, (value, where) -> out.emit(checkPath(natives.budget(), value), where), required);
            new SetPathFunction().apply(scope, List.of(checked, args.get(1)), in, path, output, version);
        });
        natives.put("delpaths/1", (scope, args, in, path, output, version) -> {
            Expression counted = (within, input, at, out, required) -> args.get(0).apply(within, input, at, (value, where) -> {
                natives.budget().copy(in, value.size());
                out.emit(value, where);
            }, required);
            new DelPathsFunction().apply(scope, List.of(counted), in, path, output, version);
        });
    }

    /** @throws LimitException for an index that would make an array beyond all bounds */
    static JsonNode checkIndex(Budget budget, JsonNode index) {
        if (index.isNumber()) {
            if (index.decimalValue().compareTo(BigDecimal.valueOf(MAX_INDEX)) > 0) {
                throw new LimitException("an index of more than " + MAX_INDEX);
            }
            budget.charge(4L * Math.max(0, index.intValue()));
        }
        return index;
    }

    private static JsonNode checkPath(Budget budget, JsonNode path) {
        path.forEach(each -> checkIndex(budget, each));
        return path;
    }

    private static void range(Natives natives) {
        natives.put("range/2", (scope, args, in, path, output, version) ->
            args.get(0).apply(scope, in, from -> args.get(1).apply(scope, in, to -> {
                BigDecimal end = Values.decimal(to, "a number");
                for (BigDecimal at = Values.decimal(from, "a number"); at.compareTo(end) < 0; at = at.add(BigDecimal.ONE)) {
                    natives.budget().step();
                    output.emit(Values.number(at), null);
                }
            })));
    }

    /** In jq these two call themselves; a loop needs no stack. */
    private static Function loop(Natives natives, boolean whileTrue) {
        return (scope, args, in, path, output, version) -> {
            Deque<JsonNode> next = new ArrayDeque<>(List.of(in));
            while (!next.isEmpty()) {
                natives.budget().step();
                JsonNode at = next.pop();
                List<JsonNode> holds = new ArrayList<>(1);
                args.get(0).apply(scope, at, holds::add);
                boolean good = !holds.isEmpty() && Values.truth(holds.get(0));
                if (good) {
                    output.emit(at, null);
                }
                if (good == whileTrue) {
                    List<JsonNode> more = new ArrayList<>(1);
                    args.get(1).apply(scope, at, more::add);
                    for (int i = more.size() - 1; i >= 0; i--) {
                        next.push(more.get(i));
                    }
                }
            }
        };
    }
}
