package org.trustpaybridge.order.mapping;

import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.tree.FieldConstruction;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.JsonQueryKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.StringKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketExtractFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.FieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.IdentifierFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.StringFieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.StringLiteral;

/** Rebuilds what reads members and elements, and the members of an object that is made. */
final class MemberAccess {

    private final Rebuild rebuild;

    MemberAccess(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    Expression of(FieldAccess access, CallableNames known) throws CompileException {
        ProgramParts parts = new ProgramParts(access);
        boolean permissive = parts.flag("permissive");
        Expression target = rebuild.of(parts.expression("target"), known);
        String looked = rebuild.looked(access);
        if (access instanceof IdentifierFieldAccess) {
            ProgramPlace place = rebuild.source().seek(parts.text("field"), looked);
            return rebuild.guarded(new IdentifierFieldAccess(target, parts.text("field"), permissive), place, false);
        }
        if (access instanceof BracketExtractFieldAccess) {
            return rebuild.guarded(new BracketExtractFieldAccess(target, permissive), rebuild.source().here(looked), true);
        }
        if (access instanceof StringFieldAccess) {
            Expression field = rebuild.of(parts.expression("field"), known);
            return rebuild.guarded(new StringFieldAccess(target, field, permissive), rebuild.source().here(looked), false);
        }
        Expression start = rebuild.indexed(rebuild.of(parts.expression("startExpr"), known));
        ProgramPlace place = rebuild.source().here(looked);
        if (!parts.flag("isRange")) {
            return rebuild.guarded(new BracketFieldAccess(target, start, permissive), place, false);
        }
        Expression end = rebuild.of(parts.expression("endExpr"), known);
        return rebuild.guarded(new BracketFieldAccess(target, start, end, permissive), place, true);
    }

    /** @param values rebuilds a member's value */
    Members.Member member(FieldConstruction field, CallableNames known, Values values) throws CompileException {
        ProgramParts parts = new ProgramParts(field);
        if (field instanceof IdentifierKeyFieldConstruction identifier) {
            rebuild.source().seek(identifier.key, "");
            Expression value = identifier.value == null ? new IdentifierFieldAccess(new ThisObject(), identifier.key, false)
                : identifier.value;
            return new Members.Member(new StringLiteral(identifier.key), values.of(value));
        }
        if (field instanceof StringKeyFieldConstruction string) {
            Expression key = rebuild.of(string.key, known);
            return new Members.Member(key, values.of(string.value == null ? new StringFieldAccess(new ThisObject(), string.key, false)
                : string.value));
        }
        if (field instanceof JsonQueryKeyFieldConstruction) {
            Expression key = rebuild.of(parts.expression("key"), known);
            return new Members.Member(key, values.of(parts.expression("value")));
        }
        String variable = parts.text("name");
        return new Members.Member(new StringLiteral(variable), values.of(new VariableAccess(null, variable)));
    }

    /** Rebuilds the value of a member. */
    interface Values {
        Expression of(Expression value) throws CompileException;
    }
}
