package org.trustpaybridge.command;

import java.nio.file.Path;

import org.trustpaybridge.command.console.ConfigOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code run}. */
final class RunOptions {

    @Mixin
    ConfigOption config;

    @Option(names = "--routes", paramLabel = "DIR", description = "Routes (*.camel.yaml). Default: routes here, else beside the jar.")
    Path routes;
}
