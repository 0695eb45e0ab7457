package org.trustpaybridge.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** A running simulator of MultiSafepay's orders API. All methods may be called from any thread. */
public final class Simulator implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int PATIENCE_SECONDS = 20;

    private final SimulatorOptions options;
    private final Vertx vertx;
    private final Parts parts;
    private volatile int port;

    private Simulator(SimulatorOptions options) {
        this.options = options;
        this.parts = Parts.of(options);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(2)
            .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * Starts a simulator and returns once it listens.
     *
     * @throws UncheckedIOException if it cannot listen on the address asked for, for instance because the port is taken
     */
    public static Simulator start(SimulatorOptions options) {
        Simulator simulator = new Simulator(options);
        try {
            simulator.listen();
            return simulator;
        } catch (UncheckedIOException failed) {
            simulator.close();
            throw failed;
        }
    }

    private void listen() {
        Stats stats = parts.stats();
        Delivery apiDelivery = new Delivery(vertx, stats, options.slowInterval(), options.hold(), parts.clock());
        Delivery pageDelivery = new Delivery(vertx, new Stats(), options.slowInterval(), options.hold(), parts.clock());
        OrdersApi api = new OrdersApi(options, vertx, parts, apiDelivery, this::publicUrl);
        Notifier notifier = new Notifier(vertx, options.notifyAnyHost(), options.notifyInterval(), parts);
        Control control = new Control(parts, notifier);
        PaymentPages pages = new PaymentPages(parts.book(), notifier);
        Routes routes = new Routes(api, pages, control, pageDelivery);
        // HTTP/1.1 alone: the faults of the connection strike one call each, and HTTP/2 would have many on one connection.
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
            .setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true).setAcceptBacklog(BACKLOG)
            .setDecompressionSupported(false));
        port = await(server.requestHandler(routes::handle).listen(options.port(), options.host())).actualPort();
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The base URL for callers of the API, ending in {@code /v1/json}. */
    public URI baseUri() {
        return URI.create(localUrl() + "/v1/json");
    }

    /** The start of every payment URL. */
    public String publicUrl() {
        return options.publicUrl() != null ? options.publicUrl() : localUrl();
    }

    /** Calls of the API so far, whatever came of them; payment pages and control endpoints do not count. */
    public long requests() {
        return parts.stats().requests();
    }

    /** How often an order was posted, whatever was answered. */
    public int orderPosts(String orderId) {
        return parts.wire().posts(orderId);
    }

    /** The latest POST of an order as it came over the wire; empty if there was none or it is forgotten. */
    public Optional<ReceivedRequest> lastRequest(String orderId) {
        return parts.wire().latest(orderId);
    }

    /** How many payment pages an order was given; 0 for an unknown one. */
    public int paymentPages(String orderId) {
        return parts.book().byId(orderId).map(SimulatedOrder::sessions).orElse(0);
    }

    /** The status of an order in the API's words, such as {@code initialized}; empty for an unknown one. */
    public Optional<String> orderStatus(String orderId) {
        return parts.book().byId(orderId).map(order -> order.status().text());
    }

    /** Makes an open order paid, without a notification; false if there is no such open order. */
    public boolean markPaid(String orderId) {
        return parts.book().settle(orderId, OrderStatus.COMPLETED).isPresent();
    }

    /** Changes which calls go wrong from now on; calls that run already are not touched. */
    public void faults(FaultPlan plan) {
        parts.faults().plan(plan);
    }

    /** The counts that {@code GET /simulator/stats} shows, as JSON. */
    public String stats() {
        return Control.json(parts).toString();
    }

    /** Stops listening and ends all connections. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private String localUrl() {
        String host = switch (options.host()) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        };
        return "http://" + host + ":" + port;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new UncheckedIOException(cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause));
        } catch (TimeoutException late) {
            throw new UncheckedIOException(new IOException("Vert.x did not answer within " + PATIENCE_SECONDS + " seconds", late));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        }
    }
}
