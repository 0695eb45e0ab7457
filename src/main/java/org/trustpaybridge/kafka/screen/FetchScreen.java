package org.trustpaybridge.kafka.screen;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.RequestCompletionHandler;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;

/**
 * Stands between a consumer and the network, and looks at each batch that was fetched before the consumer does. A batch that may have
 * records that are too large to be held is looked into, beside the threads that read; the consumer gets one that has excerpts in their
 * places, and knows nothing of it. So transactions, offsets, TLS and all else remain the consumer's business.
 *
 * <p>Kafka's client (3.9.2) has no place for that: it unpacks a record into one piece of memory before anybody can say no. So the screen
 * is put into its private parts, a final field among them. Java wants to be told that a program does so, from version 26 on: the manifest
 * of the jar does ({@code Enable-Final-Field-Mutation}, JEP 500). Where Java refuses all the same, or these parts are others, the consumer
 * works without a screen, and {@link Screens} says so.
 */
public final class FetchScreen {

    private final LargeReceives receives = new LargeReceives(HeapShare.receive());
    private final Batches batches;

    private FetchScreen(Batches batches) {
        this.batches = batches;
    }

    /**
     * @param consumer   not used yet
     * @param suspicious whether nothing is believed that a batch says of its own length
     * @param screens    told of it
     * @return the screen; it does nothing where Java refuses
     */
    public static FetchScreen putBefore(KafkaConsumer<?, ?> consumer, boolean suspicious, Screens screens) {
        FetchScreen screen = new FetchScreen(new Batches(HeapShare.record(), suspicious, screens));
        try {
            Object network = field(KafkaConsumer.class, "delegate").get(consumer);
            network = field(network.getClass(), "client").get(network);
            Field client = field(network.getClass(), "client");
            Object selector = field(NetworkClient.class, "selector").get(client.get(network));
            field(Selector.class, "memoryPool").set(selector, screen.receives);
            client.set(network, watched((KafkaClient) client.get(network), screen.batches));
        } catch (ReflectiveOperationException | RuntimeException e) {
            screens.missing(e);
        }
        return screen;
    }

    /** @return whether a batch is looked into for which this consumer waits */
    public boolean looking() {
        return !batches.underWay().isEmpty();
    }

    /**
     * To be called behind each poll, when what it brought is in good hands.
     *
     * @throws NoRoomException if an answer was refused because there is no room for it; whatever thread of the client met it, it is told
     *                         here
     */
    public void complain() {
        String refused = receives.refused();
        if (!refused.isEmpty()) {
            throw new NoRoomException(refused);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static KafkaClient watched(KafkaClient client, Batches batches) {
        return (KafkaClient) Proxy.newProxyInstance(KafkaClient.class.getClassLoader(), new Class<?>[] {KafkaClient.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("send")) {
                    arguments[0] = watched((ClientRequest) arguments[0], batches);
                } else if (method.getName().equals("initiateClose") || method.getName().equals("close") && arguments == null) {
                    batches.close();
                }
                return call(client, method, arguments);
            });
    }

    private static Object call(KafkaClient client, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static ClientRequest watched(ClientRequest request, Batches batches) {
        if (!(request.requestBuilder() instanceof FetchRequest.Builder builder) || request.callback() == null) {
            return request;
        }
        batches.asked(builder.fetchData());
        RequestCompletionHandler consumer = request.callback();
        return new ClientRequest(request.destination(), builder, request.correlationId(),
            request.makeHeader(builder.latestAllowedVersion()).clientId(), request.createdTimeMs(), request.expectResponse(),
            request.requestTimeoutMs(), response -> {
                if (response.responseBody() instanceof FetchResponse fetched) {
                    batches.screen(fetched);
                }
                consumer.onComplete(response);
            });
    }
}
