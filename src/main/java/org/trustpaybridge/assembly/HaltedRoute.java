package org.trustpaybridge.assembly;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StatefulService;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.trustpaybridge.kafka.OrderKafkaClientFactory;

/** Whether somebody halted the route that reads orders, or its consumer. A suspended one polls Kafka as ever, and is given nothing. */
record HaltedRoute(Supplier<CamelContext> context) implements Supplier<Optional<String>> {

    /** @return that route and how it was halted, in words; empty while it runs, and while all starts or ends */
    @Override
    public Optional<String> get() {
        CamelContext camel = context.get();
        if (camel == null || !camel.isStarted()) {
            return Optional.empty();
        }
        return readers(camel).flatMap(route -> Stream.concat(status(camel, route).stream(), ofConsumer(route))
            .filter(status -> status.isStopped() || status.isSuspended())
            .map(status -> route.getRouteId() + " is " + status.name().toLowerCase(Locale.ROOT))).findFirst();
    }

    /** @return whether orders are to be read */
    static boolean runs(CamelContext context) {
        return readers(context).anyMatch(route -> status(context, route).filter(ServiceStatus::isStarted).isPresent());
    }

    private static Stream<Route> readers(CamelContext context) {
        return context.getRoutes().stream().filter(route -> route.getEndpoint() instanceof KafkaEndpoint endpoint
            && endpoint.getKafkaClientFactory() instanceof OrderKafkaClientFactory);
    }

    private static Stream<ServiceStatus> ofConsumer(Route route) {
        return route.getConsumer() instanceof StatefulService consumer ? Stream.of(consumer.getStatus()) : Stream.empty();
    }

    private static Optional<ServiceStatus> status(CamelContext context, Route route) {
        return Optional.ofNullable(context.getRouteController().getRouteStatus(route.getRouteId()));
    }
}
