package org.trustpaybridge.order.mapping;

import java.lang.reflect.Field;
import java.util.List;

import net.thisptr.jackson.jq.Expression;

/**
 * Reads the parts of a parsed program, of which jackson-jq 1.6.0 shows few. A test builds every kind, so that another version is noticed.
 */
final class ProgramParts {

    private final Object node;

    ProgramParts(Object node) {
        this.node = node;
    }

    Expression expression(String name) {
        return (Expression) get(name);
    }

    String text(String name) {
        return (String) get(name);
    }

    boolean flag(String name) {
        return (Boolean) get(name);
    }

    @SuppressWarnings("unchecked")
    <T> List<T> list(String name) {
        return (List<T>) get(name);
    }

    Object get(String name) {
        for (Class<?> type = node.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(node);
            } catch (NoSuchFieldException e) {
                // Then one of its superclasses has it.
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(node.getClass().getName() + " has no " + name + "; is this jackson-jq 1.6.0?");
    }
}
