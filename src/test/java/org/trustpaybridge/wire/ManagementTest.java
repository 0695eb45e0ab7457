package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTest {

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of());
        rig.publish("managed", Events.order("managed"));
        rig.kafka.awaitRecord(WireRig.OUT, "managed");
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/health/live", "/observe/health/ready"})
    void health_is_up_while_orders_are_read(String path) throws Exception {
        JsonNode health = new ObjectMapper().readTree(rig.get(path));

        assertThat(health.path("status").asText()).isEqualTo("UP");
    }

    @Test
    void metrics_are_the_bridges_own_and_those_of_java() throws Exception {
        String metrics = rig.get("/observe/metrics");

        assertThat(metrics.lines()).anyMatch(line -> line.startsWith("trustpay_bridge_"))
            .anyMatch(line -> line.startsWith("jvm_"))
            .noneMatch(line -> line.startsWith("camel_") || line.startsWith("app_info"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-created", "payment-order", "create-payment", "payment-url-created", "dead-letter"})
    void every_route_has_an_mbean_by_its_name(String route) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("org.apache.camel:context=trustpay-bridge,type=routes,name=\"" + route + "\"");

        assertThat(server.getAttribute(name, "State")).isEqualTo("Started");
        assertThat(server.getAttribute(name, "ExchangesFailed")).isEqualTo(0L);
        assertThat(server.getMBeanInfo(name).getAttributes()).anyMatch(attribute -> attribute.getName().equals("ExchangesInflight"));
    }

    @Test
    void a_step_counts_from_when_its_mbean_is_told_to() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName step = new ObjectName("org.apache.camel:context=trustpay-bridge,type=processors,name=\"post-order\"");
        assertThat(server.getAttribute(step, "ExchangesTotal")).isEqualTo(0L);

        server.setAttribute(step, new Attribute("StatisticsEnabled", true));
        try {
            rig.publish("counted", Events.order("counted"));
            rig.kafka.awaitRecord(WireRig.OUT, "counted");

            assertThat(server.getAttribute(step, "ExchangesTotal")).isEqualTo(1L);
        } finally {
            server.setAttribute(step, new Attribute("StatisticsEnabled", false));
        }
    }

    @Test
    void the_status_page_is_one_file_that_lets_run_only_its_own_script_and_style() throws Exception {
        HttpResponse<String> page = rig.answer("/");

        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
            .startsWith("default-src 'none'; script-src 'sha256-").contains("frame-ancestors 'none'").doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body()).contains("<noscript>").doesNotContainPattern("(src|href)=\"https?:")
            .doesNotContain(" style=\"", " onclick=");
        assertThat(rig.answer("/", "If-None-Match", page.headers().firstValue("ETag").orElseThrow()).statusCode()).isEqualTo(304);
    }

    @Test
    void the_numbers_of_the_status_page_are_kept_by_nobody() throws Exception {
        HttpResponse<String> numbers = rig.answer("/status");

        assertThat(numbers.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode status = new ObjectMapper().readTree(numbers.body());
        assertThat(status.at("/conditions/0/name").asText()).isEqualTo("FLOWING");
        assertThat(status.at("/group").asText()).isEqualTo("trustpay-bridge");
        assertThat(status.at("/totals/published").asInt()).isPositive();
        assertThat(status.at("/partitions/shown")).hasSize(3);
    }

    @Test
    void the_offset_of_a_finished_order_is_committed() {
        await().untilAsserted(() -> assertThat(rig.kafka.lag(WireRig.GROUP, WireRig.IN)).isZero());
    }

    @ParameterizedTest
    @CsvSource({"stop, start", "suspend, resume"})
    void a_route_that_is_halted_and_set_going_through_jmx_loses_and_repeats_nothing(String halt, String go) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName route = new ObjectName("org.apache.camel:context=trustpay-bridge,type=routes,name=\"order-created\"");
        rig.publish("before-" + halt, Events.order("before-" + halt));
        server.invoke(route, halt, null, null);
        try {
            rig.publish("after-" + halt, Events.order("after-" + halt));
        } finally {
            server.invoke(route, go, null, null);
        }

        rig.kafka.awaitRecord(WireRig.OUT, "after-" + halt);
        rig.kafka.awaitRecord(WireRig.OUT, "before-" + halt);
        for (String order : new String[] {"managed", "before-" + halt, "after-" + halt}) {
            assertThat(rig.simulator.orderPosts(order)).as(order).isEqualTo(1);
        }
    }
}
