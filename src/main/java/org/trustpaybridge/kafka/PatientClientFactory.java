package org.trustpaybridge.kafka;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Makes producers also while no broker's name resolves: Camel makes them when the routes start, and the start would fail. Such a producer
 * is made in fact with the first record.
 */
class PatientClientFactory extends DefaultKafkaClientFactory {

    @Override
    @SuppressWarnings("rawtypes")
    public Producer getProducer(Properties kafkaProps) {
        String brokers = kafkaProps.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        return BrokerNames.resolve(brokers) ? new KafkaProducer(kafkaProps) : (Producer) Proxy.newProxyInstance(
            Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, new MadeLater(kafkaProps, brokers));
    }

    /** Safe for use by several threads, as producers are. */
    private static final class MadeLater implements InvocationHandler {

        private final Properties properties;
        private final String brokers;
        private volatile Producer<Object, Object> made;

        MadeLater(Properties properties, String brokers) {
            this.properties = properties;
            this.brokers = brokers;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (made == null && !method.getDeclaringClass().equals(Object.class)) {
                if (method.getName().equals("close")) {
                    return null;
                }
                if (method.getName().equals("metrics")) {
                    return Map.of();
                }
                make();
            }
            try {
                return made == null ? method.invoke(this, arguments) : method.invoke(made, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private synchronized void make() {
            if (made == null) {
                if (!BrokerNames.resolve(brokers)) {
                    throw new TimeoutException("no name in kafka.brokers resolves: " + brokers);
                }
                made = new KafkaProducer<>(properties);
            }
        }
    }
}
