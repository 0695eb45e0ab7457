package org.trustpaybridge.danger;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.trustpaybridge.testkit.ProcessRig;

/**
 * One broker and one simulator for all classes that leave them as they found them, since to start and to stop them takes ten seconds. They
 * are closed when all tests are done.
 */
final class SharedRig implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedRig.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ProcessRig.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(ProcessRig.class, type ->
            new ProcessRig(Path.of("target", "danger"), Map.of("SIMULATOR_LATENCY", "50ms..200ms")), ProcessRig.class);
    }
}
