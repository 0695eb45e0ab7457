package org.trustpaybridge.observe.metrics;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** Micrometer's own meters of the Java process: memory, garbage collection, threads, processor, files, uptime. */
public final class JvmMeters implements AutoCloseable {

    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    private JvmMeters() {
    }

    /**
     * @param registry where the meters are kept
     * @return to be closed when the registry is given up
     */
    public static JvmMeters register(MeterRegistry registry) {
        JvmMeters meters = new JvmMeters();
        List<MeterBinder> binders = List.of(new JvmMemoryMetrics(), meters.garbageCollection, new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(), new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        return meters;
    }

    @Override
    public void close() {
        garbageCollection.close();
    }
}
