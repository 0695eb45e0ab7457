package org.trustpaybridge.observe.http;

import java.lang.management.ManagementFactory;

/**
 * Which of the bridges this is.
 *
 * @param version version of the program
 * @param group   consumer group, the same for all instances
 * @param name    process id and machine
 */
public record Instance(String version, String group, String name) {

    /**
     * This process.
     *
     * @param version version of the program
     * @param group   consumer group
     */
    public Instance(String version, String group) {
        this(version, group, ManagementFactory.getRuntimeMXBean().getName());
    }
}
