package org.trustpaybridge.order.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.functions.PathFunction;

/**
 * The functions that a program can call and that are not made of others in {@code prelude.jq}. There are no others: none reads files, the
 * environment, the time or further input. Each counts the size of what it is given as work.
 */
final class Natives {

    private final Supplier<Budget> budget;
    private final Map<String, Function> functions = new HashMap<>();

    Natives(Supplier<Budget> budget) {
        this.budget = budget;
        functions.put("path/1", new PathFunction());
        Containers.register(this);
        Loops.register(this);
        Texts.register(this);
        Numbers.register(this);
        Money.register(this);
        new Regex(budget).register(this);
    }

    /** Their names, each with the number of its arguments: {@code split/1}. */
    Set<String> names() {
        return functions.keySet();
    }

    Map<String, Function> functions() {
        return functions;
    }

    Budget budget() {
        return budget.get();
    }

    void put(String name, Function function) {
        functions.put(name, function);
    }

    /** Of the input alone. */
    void one(String name, One function) {
        functions.put(name + "/0", (scope, args, in, path, output, version) -> {
            budget.get().charge(budget.get().size(in));
            output.emit(function.of(in), null);
        });
    }

    /** Of the input and an argument, for each value of the argument. */
    void two(String name, Two function) {
        functions.put(name + "/1", (scope, args, in, path, output, version) ->
            args.get(0).apply(scope, in, first -> {
                budget.get().charge((long) budget.get().size(in) + budget.get().size(first));
                output.emit(function.of(in, first), null);
            }));
    }

    /** As {@link #two}, where each part of the argument is looked for in all of the input. */
    void search(String name, Two function) {
        two(name, (in, part) -> {
            budget.get().charge((long) budget.get().size(in) * budget.get().size(part) / 256);
            return function.of(in, part);
        });
    }

    /** Of the input and two arguments. */
    void three(String name, Three function) {
        functions.put(name + "/2", (scope, args, in, path, output, version) ->
            args.get(0).apply(scope, in, first -> args.get(1).apply(scope, in, second -> {
                budget.get().charge((long) budget.get().size(in) + budget.get().size(first) + budget.get().size(second));
                output.emit(function.of(in, first, second), null);
            })));
    }

    interface One {
        JsonNode of(JsonNode in) throws JsonQueryException;
    }

    interface Two {
        JsonNode of(JsonNode in, JsonNode first) throws JsonQueryException;
    }

    interface Three {
        JsonNode of(JsonNode in, JsonNode first, JsonNode second) throws JsonQueryException;
    }
}
