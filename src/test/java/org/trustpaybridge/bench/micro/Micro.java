package org.trustpaybridge.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the micro benchmarks in a few minutes, with what they allocate: {@code Micro PATTERN RESULT}. */
final class Micro {

    private Micro() {
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        Path result = Path.of(arguments[1]).toAbsolutePath();
        Files.createDirectories(result.getParent());
        new Runner(new OptionsBuilder()
            .include(arguments[0])
            .forks(1)
            .warmupIterations(3).warmupTime(TimeValue.seconds(1))
            .measurementIterations(5).measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .resultFormat(ResultFormatType.JSON).result(result.toString())
            .build()).run();
    }
}
