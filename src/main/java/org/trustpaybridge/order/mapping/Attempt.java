package org.trustpaybridge.order.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryBreakException;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * Evaluates an expression whose errors are caught. Values are handed on from within, so an error of what they are handed to comes back
 * through here and must pass: jackson-jq's own {@code ?} swallows it, and an order whose amount is wrong would silently be none.
 */
final class Attempt {

    private Attempt() {
    }

    /** @return the error of the expression itself; null when it had none */
    static JsonQueryException of(Expression expression, Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        Object here = new Object();
        try {
            expression.apply(scope, in, path, (value, at) -> {
                try {
                    output.emit(value, at);
                } catch (JsonQueryException e) {
                    throw new Passing(here, e);
                }
            }, requirePath);
            return null;
        } catch (Passing e) {
            if (e.from == here) {
                throw e.error;
            }
            throw e;
        } catch (JsonQueryBreakException e) {
            throw e;
        } catch (JsonQueryException e) {
            return e;
        }
    }

    /** {@code try A catch B}, and {@code A?} without B. */
    record TryCatch(Expression body, Expression handler) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath) throws JsonQueryException {
            JsonQueryException error = of(body, scope, in, path, output, requirePath);
            if (error != null && handler != null) {
                handler.apply(scope, error.getMessageAsJsonNode(), null, output, requirePath);
            }
        }

        @Override
        public String toString() {
            return handler == null ? body + "?" : "try " + body + " catch " + handler;
        }
    }

    /** {@code A // B}: those values of A that are neither null nor false; B when there is none, also because A fails. */
    record Alternative(Expression first, Expression second) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath) throws JsonQueryException {
            boolean[] any = {false};
            of(first, scope, in, path, (value, at) -> {
                if (Values.truth(value)) {
                    any[0] = true;
                    output.emit(value, at);
                }
            }, requirePath);
            if (!any[0]) {
                second.apply(scope, in, path, output, requirePath);
            }
        }

        @Override
        public String toString() {
            return first + " // " + second;
        }
    }

    private static final class Passing extends RuntimeException {

        private final transient Object from;
        private final JsonQueryException error;

        Passing(Object from, JsonQueryException error) {
            super(null, null, false, false);
            this.from = from;
            this.error = error;
        }
    }
}
