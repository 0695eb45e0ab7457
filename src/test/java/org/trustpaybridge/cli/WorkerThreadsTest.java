package org.trustpaybridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerThreadsTest {

    private final String before = System.getProperty(WorkerThreads.SETTING);

    @BeforeEach
    void nothing_is_chosen() {
        System.clearProperty(WorkerThreads.SETTING);
    }

    @AfterEach
    void as_it_was() {
        if (before == null) {
            System.clearProperty(WorkerThreads.SETTING);
        } else {
            System.setProperty(WorkerThreads.SETTING, before);
        }
    }

    @ParameterizedTest
    @CsvSource({"17, 1024, false", "21, 1024, false", "23, 1024, false", "24, 255, false", "24, 256, true", "25, 64, false", "25, 1024, true"})
    void virtual_threads_need_a_java_that_does_not_pin_them_and_many_calls(int java, int concurrency, boolean virtual) {
        assertThat(WorkerThreads.virtual(java, concurrency)).isEqualTo(virtual);
    }

    @Test
    void few_calls_have_platform_threads_on_any_java() {
        WorkerThreads.choose(64);

        assertThat(System.getProperty(WorkerThreads.SETTING)).isEqualTo("false");
    }

    @Test
    void what_the_operator_chose_stands() {
        System.setProperty(WorkerThreads.SETTING, "true");

        WorkerThreads.choose(1);

        assertThat(System.getProperty(WorkerThreads.SETTING)).isEqualTo("true");
    }
}
