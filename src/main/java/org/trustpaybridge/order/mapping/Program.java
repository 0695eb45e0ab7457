package org.trustpaybridge.order.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A compiled program. Safe for use by several threads. */
final class Program {

    private final ThreadLocal<Budget> budget = new ThreadLocal<>();
    private final Scope functions = Scope.newEmptyScope();
    private final Expression expression;
    private final Set<String> words = new HashSet<>();

    /**
     * @param text      of the program
     * @param variables that it may use, without their {@code $}
     * @throws CompileException when it is no program
     */
    Program(String text, Set<String> variables) throws CompileException {
        Operators operators = new Operators(budget::get);
        Natives natives = new Natives(budget::get);
        natives.functions().forEach(functions::addFunction);
        Set<String> names = new HashSet<>(natives.names());
        names.addAll(loadPrelude(operators, names));
        variables.forEach(each -> names.add("$" + each));
        Source source = new Source(text);
        Rebuild rebuild = new Rebuild(source, true, operators, budget::get);
        expression = rebuild.program(source.parse(), new CallableNames(names));
        words.addAll(rebuild.literals());
        words.addAll(source.names());
    }

    private Set<String> loadPrelude(Operators operators, Set<String> natives) {
        try (InputStream in = Program.class.getResourceAsStream("prelude.jq")) {
            Source source = new Source(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new Rebuild(source, false, operators, budget::get).prelude(source.parse(), new CallableNames(natives), functions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CompileException e) {
            throw new IllegalStateException("prelude.jq, line " + e.line() + ", column " + e.column() + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param in        what the program maps
     * @param variables values of its variables, each made when the program looks at it
     * @return all results, but no more than two: more is as wrong as that
     * @throws Failure when it fails, or takes more than it may
     */
    List<JsonNode> run(JsonNode in, Map<String, Supplier<JsonNode>> variables) throws Failure {
        Budget own = new Budget();
        budget.set(own);
        List<JsonNode> results = new ArrayList<>(1);
        Scope scope = Scope.newChildScope(functions);
        variables.forEach(scope::setValue);
        try {
            expression.apply(scope, in, result -> {
                results.add(own.made(result));
                if (results.size() > 1) {
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            return results;
        } catch (Located e) {
            throw Failure.of(e, in, words);
        } catch (LimitException e) {
            throw new Failure("$", e.getMessage(), "a program that ends sooner", own.place());
        } catch (StackOverflowError e) {
            throw new Failure("$", "more expressions within one another than there is memory for", "a flatter program", own.place());
        } catch (JsonQueryException | RuntimeException e) {
            // Its message may quote a value.
            throw new Failure("$", "a value that the program cannot take", "another one", own.place());
        } finally {
            budget.remove();
        }
        return results;
    }

    /** Ends a program that gives more results than anybody asks for. */
    private static final class Enough extends RuntimeException {
        Enough() {
            super(null, null, false, false);
        }
    }
}
