package org.trustpaybridge.order.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.tree.literal.StringLiteral;
import net.thisptr.jackson.jq.internal.tree.matcher.PatternMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ArrayMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ObjectMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ValueMatcher;

/** What stands behind {@code as}: a variable, or a pattern of them. */
final class Patterns {

    private final Rebuild rebuild;

    Patterns(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    /** The variables that a pattern sets, each as {@code $name}. */
    Set<String> names(PatternMatcher pattern) {
        Set<String> names = new HashSet<>();
        ProgramParts parts = new ProgramParts(pattern);
        if (pattern instanceof ValueMatcher) {
            names.add("$" + parts.text("name"));
        } else if (pattern instanceof ArrayMatcher) {
            parts.<PatternMatcher>list("matchers").forEach(each -> names.addAll(names(each)));
        } else {
            for (ObjectMatcher.FieldMatcher each : parts.<ObjectMatcher.FieldMatcher>list("matchers")) {
                ProgramParts field = new ProgramParts(each);
                if (field.flag("dollar")) {
                    names.add("$" + ((StringLiteral) field.get("name")).value().textValue());
                }
                if (field.get("matcher") != null) {
                    names.addAll(names((PatternMatcher) field.get("matcher")));
                }
            }
        }
        return names;
    }

    PatternMatcher of(PatternMatcher pattern, CallableNames known) throws CompileException {
        ProgramParts parts = new ProgramParts(pattern);
        if (pattern instanceof ValueMatcher) {
            rebuild.source().seek(parts.text("name"), "");
            return pattern;
        }
        if (pattern instanceof ArrayMatcher) {
            List<PatternMatcher> all = new ArrayList<>();
            for (PatternMatcher each : parts.<PatternMatcher>list("matchers")) {
                all.add(of(each, known));
            }
            return new ArrayMatcher(all);
        }
        List<ObjectMatcher.FieldMatcher> all = new ArrayList<>();
        for (ObjectMatcher.FieldMatcher each : parts.<ObjectMatcher.FieldMatcher>list("matchers")) {
            all.add(of(new ProgramParts(each), known));
        }
        return new ObjectMatcher(all);
    }

    private ObjectMatcher.FieldMatcher of(ProgramParts field, CallableNames known) throws CompileException {
        Expression name = field.expression("name");
        PatternMatcher matcher = (PatternMatcher) field.get("matcher");
        if (field.flag("dollar") && matcher == null) {
            // As jackson-jq has it, the variable of a member that is missing is no value at all instead of null.
            String variable = ((StringLiteral) name).value().textValue();
            rebuild.source().seek(variable, "");
            return new ObjectMatcher.FieldMatcher(false, name, new ValueMatcher(variable));
        }
        Expression key = field.flag("dollar") ? name : rebuild.of(name, known);
        return new ObjectMatcher.FieldMatcher(field.flag("dollar"), key, of(matcher, known));
    }
}
