package org.trustpaybridge.route;

import java.util.concurrent.ExecutionException;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.trustpaybridge.supervision.Ending;

/**
 * A step whose errors are failures like its exceptions. By itself Camel 4.18 does not see that a processor threw an {@link Error}: the
 * exchange goes on with the next step as if nothing had happened, or never ends (ProcessorToAsyncProcessorBridge).
 */
public final class FailSafe implements Processor {

    private final Processor step;
    private final Ending ending;

    /**
     * @param step   what is done
     * @param ending ends the process when an error is the virtual machine's own
     */
    public FailSafe(Processor step, Ending ending) {
        this.step = step;
        this.ending = ending;
    }

    /** @throws ExecutionException with the error that the step threw */
    @Override
    public void process(Exchange exchange) throws Exception {
        // What others caught and passed on.
        ending.ifFatal(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class), "a step");
        try {
            step.process(exchange);
        } catch (Error e) {
            ending.ifFatal(e, step.getClass().getSimpleName());
            throw new ExecutionException(e);
        }
    }
}
