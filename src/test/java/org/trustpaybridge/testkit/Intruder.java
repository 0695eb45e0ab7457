package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

/** Does from inside to a child JVM what faults of libraries do: kills a thread, makes one stand still, fills the heap. Needs Java 17. */
public final class Intruder {

    private Intruder() {
    }

    /** Kills every thread whose name begins so, with an error that it did not expect. */
    public static void kill(JavaProcess process, String thread) {
        send(process, "kill:" + thread);
    }

    /** Every thread whose name begins so stands still for good, with the locks that it holds. */
    public static void suspend(JavaProcess process, String thread) {
        send(process, "suspend:" + thread);
    }

    /** Fills the heap to the last byte and keeps it so. The thread that does it notices and says nothing. */
    public static void fillHeap(JavaProcess process) {
        send(process, "fill");
    }

    private static void send(JavaProcess process, String order) {
        try {
            Path jar = jar();
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                machine.loadAgent(jar.toString(), order);
            } finally {
                machine.detach();
                Files.delete(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path jar() throws IOException {
        Path jar = Files.createTempFile("intruder", ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Agent-Class"), IntruderAgent.class.getName());
        String name = IntruderAgent.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest);
             InputStream own = IntruderAgent.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            own.transferTo(out);
        }
        return jar;
    }
}
