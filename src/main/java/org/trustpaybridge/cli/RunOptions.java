package org.trustpaybridge.cli;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/** Options of {@code run}. */
final class RunOptions {

    @Option(names = "--config", paramLabel = "FILE",
        description = "Settings. Default: config/application.properties here, else beside the jar.")
    Path config;

    @Option(names = "--routes", paramLabel = "DIR", description = "Routes (*.camel.yaml). Default: routes here, else beside the jar.")
    Path routes;
}
