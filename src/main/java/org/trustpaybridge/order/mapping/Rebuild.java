package org.trustpaybridge.order.mapping;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.NullNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.BreakExpression;
import net.thisptr.jackson.jq.internal.tree.Conditional;
import net.thisptr.jackson.jq.internal.tree.FieldConstruction;
import net.thisptr.jackson.jq.internal.tree.ForeachExpression;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.NegativeExpression;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.PipedQuery;
import net.thisptr.jackson.jq.internal.tree.RecursionOperator;
import net.thisptr.jackson.jq.internal.tree.ReduceExpression;
import net.thisptr.jackson.jq.internal.tree.SemicolonOperator;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.TopLevelExpression;
import net.thisptr.jackson.jq.internal.tree.TryCatch;
import net.thisptr.jackson.jq.internal.tree.Tuple;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.FieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;

/**
 * Makes of a parsed program the same one with what jackson-jq lacks: each part counts what it takes and knows its place, numbers are
 * decimal, errors are caught where the program says and nowhere else, and what is called exists.
 */
final class Rebuild {

    private final Source source;
    private final boolean placed;
    private final Operations operations;
    private final Supplier<Budget> budget;
    private final Set<String> literals = new HashSet<>();
    private final Flow flow = new Flow(this);
    /** The path that leads to what the present part is given; empty where it is none. */
    private String input = "";

    /** @param placed whether errors are told with their places; those of the prelude are told with the place of its caller */
    Rebuild(Source source, boolean placed, Operators operators, Supplier<Budget> budget) {
        this.source = source;
        this.placed = placed;
        this.operations = new Operations(this, operators, budget);
        this.budget = budget;
    }

    /** Each string that stands in the program as it is. */
    Set<String> literals() {
        return literals;
    }

    Expression program(Expression parsed, CallableNames known) throws CompileException {
        if (parsed instanceof TopLevelExpression) {
            throw new CompileException(1, 1, "found a module, an import or an include, expected one file");
        }
        return of(parsed, known, true);
    }

    /**
     * Adds the functions of the prelude to a scope.
     *
     * @return their names
     */
    Set<String> prelude(Expression parsed, CallableNames natives, Scope functions) throws CompileException {
        Set<String> names = new HashSet<>();
        List<Expression> parts = new ProgramParts(parsed).list("qs");
        // They may call each other whatever their order.
        parts.stream().filter(FunctionDefinition.class::isInstance).forEach(each -> names.add(signature(new ProgramParts(each))));
        for (Expression part : parts) {
            if (part instanceof FunctionDefinition) {
                try {
                    definition(new ProgramParts(part), natives.and(names)).apply(functions, NullNode.getInstance(), value -> { });
                } catch (JsonQueryException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return names;
    }

    /** @param result whether its value is the order, or an object within the order */
    Expression of(Expression node, CallableNames known, boolean result) throws CompileException {
        if (node instanceof ThisObject || node instanceof BreakExpression) {
            return node;
        }
        if (node instanceof ValueLiteral literal) {
            return literal(literal);
        }
        if (node instanceof SemicolonOperator) {
            return sequence(new ProgramParts(node).list("qs"), known, result);
        }
        if (node instanceof FunctionDefinition) {
            return definition(new ProgramParts(node), known);
        }
        if (node instanceof FieldAccess access) {
            return new MemberAccess(this).of(access, known);
        }
        if (node instanceof BinaryOperatorExpression) {
            return operations.of((BinaryOperatorExpression) node, known, result);
        }
        if (node instanceof FunctionCall || node instanceof FormattingFilter || node instanceof VariableAccess) {
            return call(node, known);
        }
        return structure(node, new ProgramParts(node), known, result);
    }

    Expression of(Expression node, CallableNames known) throws CompileException {
        return of(node, known, false);
    }

    private Expression structure(Expression node, ProgramParts parts, CallableNames known, boolean result) throws CompileException {
        if (node instanceof PipedQuery) {
            return guarded(flow.pipe(parts.list("components"), known, result), source.here(input), false);
        }
        if (node instanceof Tuple tuple) {
            List<Expression> all = new ArrayList<>();
            for (Expression each : tuple.qs) {
                all.add(of(each, known, result));
            }
            return guarded(new Tuple(all), source.here(input), false);
        }
        if (node instanceof Conditional) {
            return guarded(flow.conditional(parts, known, result), source.here(input), false);
        }
        if (node instanceof TryCatch) {
            Expression body = of(parts.expression("tryExpr"), known, result);
            Expression handler = parts.expression("catchExpr");
            return guarded(new Attempt.TryCatch(body, handler == null ? null : of(handler, known, result)), source.here(input), false);
        }
        if (node instanceof ReduceExpression || node instanceof ForeachExpression) {
            return flow.loop(node instanceof ReduceExpression, parts, known);
        }
        if (node instanceof ArrayConstruction array) {
            return guarded(new ArrayConstruction(array.q == null ? null : of(array.q, known)), source.here(input), true);
        }
        if (node instanceof ObjectConstruction object) {
            return object(object, known, result);
        }
        if (node instanceof StringInterpolation) {
            return interpolation(parts, known);
        }
        if (node instanceof NegativeExpression) {
            return guarded(operations.negative(of(parts.expression("value"), known)), source.here(input), true);
        }
        if (node instanceof RecursionOperator) {
            return guarded(node, source.here(input), true);
        }
        throw new IllegalStateException(node.getClass().getName() + " is unknown; is this jackson-jq 1.6.0?");
    }

    private Expression literal(ValueLiteral literal) throws CompileException {
        if (literal.value().isTextual()) {
            literals.add(literal.value().textValue());
        }
        BigDecimal number = literal.value().isNumber() ? source.seekNumber() : null;
        try {
            return number == null ? literal : new Literal(Values.number(number));
        } catch (JsonQueryException e) {
            ProgramPlace place = source.here("");
            throw new CompileException(place.line(), place.column(), "found a number beyond all bounds");
        }
    }

    private Expression sequence(List<Expression> parts, CallableNames known, boolean result) throws CompileException {
        List<Expression> all = new ArrayList<>();
        for (Expression part : parts) {
            all.add(of(part, known, result && part == parts.get(parts.size() - 1)));
            if (part instanceof FunctionDefinition) {
                known.define(signature(new ProgramParts(part)));
            }
        }
        return new SemicolonOperator(all);
    }

    private static String signature(ProgramParts definition) {
        return definition.text("fname") + "/" + definition.list("args").size();
    }

    private Expression definition(ProgramParts parts, CallableNames known) throws CompileException {
        source.seek(parts.text("fname"), "");
        List<String> parameters = parts.list("args");
        Set<String> names = new HashSet<>(Set.of(signature(parts)));
        parameters.forEach(each -> names.add(each.startsWith("$") ? each : each + "/0"));
        String before = input;
        input = "";
        Expression body = of(parts.expression("body"), known.and(names));
        input = before;
        return new FunctionDefinition(parts.text("fname"), parameters, body);
    }

    /** An index that counts as work: an array is filled with nulls up to the one that is set. */
    Expression indexed(Expression index) {
        return (scope, in, path, output, requirePath) ->
            index.apply(scope, in, path, (value, at) -> output.emit(Loops.checkIndex(budget.get(), value), at), requirePath);
    }

    private Expression call(Expression node, CallableNames known) throws CompileException {
        ProgramParts parts = new ProgramParts(node);
        String name = parts.text("name");
        ProgramPlace place = source.seek(name, input);
        List<Expression> arguments = node instanceof FunctionCall ? parts.list("args") : List.of();
        boolean variable = node instanceof VariableAccess;
        String wanted = variable ? "$" + name : (node instanceof FormattingFilter ? "@" : "") + name + "/" + arguments.size();
        if (!(node instanceof FormattingFilter) && parts.get("moduleName") != null || !known.has(wanted)) {
            throw new CompileException(place.line(), place.column(), "found " + wanted + ", expected a "
                + (variable ? "variable" : "function") + " that exists here");
        }
        if (variable) {
            return node;
        }
        List<Expression> all = new ArrayList<>();
        for (Expression argument : arguments) {
            all.add(of(argument, known));
        }
        return guarded(node instanceof FormattingFilter ? node : new FunctionCall(null, name, all, Source.VERSION), place, true);
    }

    private Expression object(ObjectConstruction object, CallableNames known, boolean result) throws CompileException {
        List<Members.Member> members = new ArrayList<>();
        for (FieldConstruction each : object.fields) {
            members.add(new MemberAccess(this).member(each, known, value -> of(value, known, result)));
        }
        return guarded(new Members(members, result && placed), source.here(input), true);
    }

    private Expression interpolation(ProgramParts parts, CallableNames known) throws CompileException {
        Expression formatter = parts.expression("formatter");
        Expression format = formatter == null ? new FormattingFilter("text", Source.VERSION) : of(formatter, known);
        List<Pair<Integer, Expression>> all = new ArrayList<>();
        for (Pair<Integer, Expression> each : parts.<Pair<Integer, Expression>>list("interpolations")) {
            all.add(Pair.of(each._1, of(each._2, known)));
        }
        literals.add(parts.text("template"));
        return guarded(new StringInterpolation(parts.text("template"), all, format), source.here(input), true);
    }

    Source source() {
        return source;
    }

    /** The path that leads to what the present part is given. */
    String input() {
        return input;
    }

    void input(String path) {
        input = path;
    }

    /** The path that an expression looks at, when it is one; what stands before it in a pipe leads to it. */
    String looked(Expression node) {
        String text = node instanceof FieldAccess || node instanceof VariableAccess ? node.toString() : "";
        if (node instanceof ThisObject) {
            return input;
        }
        return !text.matches("[.$][^({|]*") ? "" : text.startsWith(".") ? input + text : text;
    }

    Expression guarded(Expression made, ProgramPlace place, boolean makes) {
        return new Guarded(made, placed ? place : null, makes, budget);
    }
}
