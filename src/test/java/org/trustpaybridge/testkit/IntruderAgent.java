package org.trustpaybridge.testkit;

import java.util.ArrayList;
import java.util.List;

/** What {@link Intruder} loads into another process. Knows no other class of this project, as there is none there. */
final class IntruderAgent {

    private IntruderAgent() {
    }

    /** Called by the virtual machine. */
    @SuppressWarnings({"removal", "deprecation"})
    public static void agentmain(String order) {
        String[] words = order.split(":", 2);
        if (words[0].equals("fill")) {
            Thread thread = new Thread(IntruderAgent::fill, "filler");
            thread.setDaemon(true);
            thread.start();
            return;
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(words[1]) && words[0].equals("kill")) {
                thread.stop();
            } else if (thread.getName().startsWith(words[1])) {
                thread.suspend();
            }
        }
    }

    private static void fill() {
        List<byte[]> kept = new ArrayList<>(1 << 20);
        int size = 1 << 20;
        while (true) {
            try {
                kept.add(new byte[size]);
            } catch (OutOfMemoryError e) {
                size = Math.max(16, size / 2);
            }
        }
    }
}
