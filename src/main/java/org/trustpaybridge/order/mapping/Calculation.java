package org.trustpaybridge.order.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.path.Path;

/** An operator between two expressions, for each value of either. */
record Calculation(Expression left, Expression right, BinaryOperator operator) implements Expression {

    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath) throws JsonQueryException {
        right.apply(scope, in, r -> left.apply(scope, in, l -> output.emit(operator.apply(scope.getObjectMapper(), l, r), null)));
    }

    @Override
    public String toString() {
        return left + " " + operator.image() + " " + right;
    }
}
