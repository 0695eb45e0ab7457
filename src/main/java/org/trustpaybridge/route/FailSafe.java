package org.trustpaybridge.route;

import java.util.concurrent.ExecutionException;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A step whose errors are failures like its exceptions. By itself Camel 4.18 does not see that a processor threw an {@link Error}: the
 * exchange goes on with the next step as if nothing had happened, or never ends (ProcessorToAsyncProcessorBridge).
 */
public final class FailSafe implements Processor {

    private final Processor step;

    /** @param step what is done */
    public FailSafe(Processor step) {
        this.step = step;
    }

    /** @throws ExecutionException with the error that the step threw */
    @Override
    public void process(Exchange exchange) throws Exception {
        try {
            step.process(exchange);
        } catch (Error e) {
            throw new ExecutionException(e);
        }
    }
}
