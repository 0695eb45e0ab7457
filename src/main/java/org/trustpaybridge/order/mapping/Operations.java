package org.trustpaybridge.order.mapping;

import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.IntNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.binaryop.AlternativeOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanAndExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.BooleanOrExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.Assignment;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.ComplexAlternativeAssignment;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.ComplexAssignment;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.UpdateAssignment;

/** Rebuilds what has two sides: calculations, comparisons, alternatives and assignments. */
final class Operations {

    private final Rebuild rebuild;
    private final Operators operators;
    private final Supplier<Budget> budget;

    Operations(Rebuild rebuild, Operators operators, Supplier<Budget> budget) {
        this.rebuild = rebuild;
        this.operators = operators;
        this.budget = budget;
    }

    Expression negative(Expression value) {
        return new Calculation(new Literal(IntNode.valueOf(0)), value, operators.of("-"));
    }

    /** @param result whether its value is the order, or an object within the order */
    Expression of(BinaryOperatorExpression node, CallableNames known, boolean result) throws CompileException {
        ProgramParts parts = new ProgramParts(node);
        boolean alternative = node instanceof AlternativeOperatorExpression;
        Expression left = rebuild.of(parts.expression("lhs"), known, result && alternative);
        ProgramPlace place = rebuild.source().here(rebuild.looked(parts.expression("lhs")));
        Expression right = rebuild.of(parts.expression("rhs"), known, result && alternative);
        Expression made;
        if (alternative) {
            made = new Attempt.Alternative(left, right);
        } else if (node instanceof BooleanAndExpression) {
            made = new BooleanAndExpression(left, right);
        } else if (node instanceof BooleanOrExpression) {
            made = new BooleanOrExpression(left, right);
        } else if (node instanceof Assignment) {
            made = new Assignment(copying(left), right);
        } else if (node instanceof UpdateAssignment) {
            made = new UpdateAssignment(copying(left), right, Source.VERSION);
        } else if (node instanceof ComplexAlternativeAssignment) {
            made = new ComplexAlternativeAssignment(copying(left), right);
        } else if (node instanceof ComplexAssignment) {
            made = new ComplexAssignment(copying(left), right, operators.of(((BinaryOperator) parts.get("operator")).image()));
        } else {
            made = new Calculation(left, right, operators.of(parts.text("image")));
        }
        return rebuild.guarded(made, place, !alternative);
    }

    /** Each path that is set copies what it leads through, with what those before it have added. */
    private Expression copying(Expression paths) {
        return (scope, in, path, output, requirePath) -> {
            int[] set = {0};
            paths.apply(scope, in, path, (value, at) -> {
                budget.get().copy(in, 1);
                budget.get().charge(2L * set[0]++);
                output.emit(value, at);
            }, requirePath);
        };
    }
}
