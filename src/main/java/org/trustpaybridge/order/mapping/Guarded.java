package org.trustpaybridge.order.mapping;

import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryBreakException;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** An expression that counts what it takes, and whose errors know their place. */
final class Guarded implements Expression {

    private final Expression inner;
    private final ProgramPlace place;
    private final boolean makes;
    private final Supplier<Budget> budget;

    /**
     * @param place null in the prelude, whose errors are those of the expression that calls it
     * @param makes whether its values are new, or many, and so count
     */
    Guarded(Expression inner, ProgramPlace place, boolean makes, Supplier<Budget> budget) {
        this.inner = inner;
        this.place = place;
        this.makes = makes;
        this.budget = budget;
    }

    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath) throws JsonQueryException {
        Budget own = budget.get();
        own.enter(place);
        HandOn next = new HandOn(output, makes ? own : null);
        try {
            inner.apply(scope, in, path, next, requirePath);
        } catch (Located | JsonQueryBreakException e) {
            throw e;
        } catch (JsonQueryException e) {
            if (next.passed == e || place == null) {
                throw e;
            }
            throw new Located(e, place, in);
        } finally {
            own.leave();
        }
    }

    @Override
    public String toString() {
        return inner.toString();
    }

    /** What a value is handed to is called from within. Its error passes through here, and is somebody else's. */
    private static final class HandOn implements PathOutput {

        private final PathOutput output;
        private final Budget counted;
        private JsonQueryException passed;

        HandOn(PathOutput output, Budget counted) {
            this.output = output;
            this.counted = counted;
        }

        @Override
        public void emit(JsonNode value, Path path) throws JsonQueryException {
            if (counted != null) {
                counted.step();
                counted.made(value);
            }
            try {
                output.emit(value, path);
            } catch (JsonQueryException e) {
                passed = e;
                throw e;
            }
        }
    }
}
