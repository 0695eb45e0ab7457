package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPlanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"503=5%|503=5%", " 503 = 5 , 429=2.5% |503=5%,429=2.5%", "none|none", "''|none",
        "1016-list=1%|1016-list=1%", "reset-after=100%|reset-after=100%"})
    void a_plan_is_read_and_written_alike(String text, String expected) {
        assertThat(FaultPlan.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "503=", "503=x%", "503=0%", "503=101%", "503=60%,429=60%", "999=5%",
        "NNNN=5%", "0123=5%", "503=5%,,429=1%",
        "503=-1%", "12345=1%", "1016-other=1%"})
    void an_impossible_plan_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FaultPlan.parse(text)).withMessageMatching("(?s).{20,}");
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void every_kind_of_the_catalogue_can_be_asked_for_by_its_name(FaultKind kind) {
        String name = kind.id().replace("NNNN", "9999");

        assertThat(Fault.parse(name).kind()).isEqualTo(kind);
        assertThat(Fault.parse(name)).hasToString(name);
    }

    @Test
    void shares_come_out_as_planned() {
        FaultPlan plan = FaultPlan.parse("503=5%,reset=20%");
        Random random = new Random(7);
        Map<String, Integer> drawn = new TreeMap<>();

        for (int call = 0; call < 20_000; call++) {
            drawn.merge(plan.draw(random).map(Fault::toString).orElse("good"), 1, Integer::sum);
        }

        assertThat(drawn.get("503")).isBetween(900, 1_100);
        assertThat(drawn.get("reset")).isBetween(3_800, 4_200);
        assertThat(drawn.get("good")).isBetween(14_700, 15_300);
    }

    @ParameterizedTest
    @CsvSource({"sim-503-abc, 503, 2147483647", "sim-503, 503, 2147483647", "sim-503x2-abc, 503, 2", "sim-429-date-7, 429-date, 2147483647",
        "sim-429-7, 429, 2147483647", "sim-1032-200x3-a-b, 1032-200, 3", "sim-reset-afterx10-1, reset-after, 10",
        "sim-1016-text-1, 1016-text, 2147483647"})
    void an_order_id_can_ask_for_a_fault(String id, String fault, int posts) {
        assertThat(RequestedFault.in(id)).contains(new RequestedFault(Fault.parse(fault), posts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-order-1", "sim-", "sim--1", "sim-503x0-1", "sim-999-1", "sim-NNNN-1", "SIM-503-1", "503-1", "sim-503y2-1"})
    void other_order_ids_ask_for_nothing(String id) {
        assertThat(RequestedFault.in(id)).isEqualTo(Optional.empty());
    }
}
