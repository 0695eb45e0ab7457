package org.trustpaybridge.order.mapping;

import java.util.ArrayList;
import java.util.List;

import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.tree.AssignPipeComponent;
import net.thisptr.jackson.jq.internal.tree.Conditional;
import net.thisptr.jackson.jq.internal.tree.ForeachExpression;
import net.thisptr.jackson.jq.internal.tree.LabelPipeComponent;
import net.thisptr.jackson.jq.internal.tree.PipeComponent;
import net.thisptr.jackson.jq.internal.tree.PipedQuery;
import net.thisptr.jackson.jq.internal.tree.ReduceExpression;
import net.thisptr.jackson.jq.internal.tree.TransformPipeComponent;
import net.thisptr.jackson.jq.internal.tree.matcher.PatternMatcher;

/** Rebuilds what decides which part comes next: pipes with their variables, conditions, {@code reduce} and {@code foreach}. */
final class Flow {

    private final Rebuild rebuild;
    private final Patterns patterns;

    Flow(Rebuild rebuild) {
        this.rebuild = rebuild;
        this.patterns = new Patterns(rebuild);
    }

    Expression pipe(List<PipeComponent> components, CallableNames known, boolean result) throws CompileException {
        String before = rebuild.input();
        List<PipeComponent> all = new ArrayList<>();
        CallableNames now = known;
        for (PipeComponent each : components) {
            if (each instanceof AssignPipeComponent assign) {
                Expression value = rebuild.of(assign.expr, now);
                PatternMatcher matcher = patterns.of(assign.matcher, now);
                all.add(new AssignPipeComponent(value, matcher));
                now = now.and(patterns.names(assign.matcher));
            } else if (each instanceof TransformPipeComponent transform) {
                all.add(new TransformPipeComponent(rebuild.of(transform.expr, now, result
                    && each == components.get(components.size() - 1))));
                rebuild.input(rebuild.looked(transform.expr));
            } else {
                all.add(new LabelPipeComponent(((LabelPipeComponent) each).name));
            }
        }
        rebuild.input(before);
        return new PipedQuery(all);
    }

    Expression conditional(ProgramParts parts, CallableNames known, boolean result) throws CompileException {
        List<Pair<Expression, Expression>> cases = new ArrayList<>();
        for (Pair<Expression, Expression> each : parts.<Pair<Expression, Expression>>list("switches")) {
            Expression condition = rebuild.of(each._1, known);
            cases.add(Pair.of(condition, rebuild.of(each._2, known, result)));
        }
        return new Conditional(cases, rebuild.of(parts.expression("otherwise"), known, result));
    }

    Expression loop(boolean reduce, ProgramParts parts, CallableNames known) throws CompileException {
        Expression each = rebuild.of(parts.expression("iterExpr"), known);
        PatternMatcher written = (PatternMatcher) parts.get("matcher");
        PatternMatcher matcher = patterns.of(written, known);
        Expression first = rebuild.of(parts.expression("initExpr"), known);
        CallableNames inside = known.and(patterns.names(written));
        Expression next = rebuild.of(parts.expression(reduce ? "reduceExpr" : "updateExpr"), inside);
        Expression extract = reduce ? null : parts.expression("extractExpr");
        Expression made = reduce ? new ReduceExpression(matcher, first, next, each)
            : new ForeachExpression(matcher, first, next, extract == null ? null : rebuild.of(extract, inside), each);
        return rebuild.guarded(made, rebuild.source().here(rebuild.input()), false);
    }
}
