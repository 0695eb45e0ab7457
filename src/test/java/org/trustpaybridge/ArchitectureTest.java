package org.trustpaybridge;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;
import org.trustpaybridge.log.LogEvent;

/**
 * The packages are the steps of the flow, and each may know only the ones before it. What is decided is pure code; Camel, Kafka and HTTP
 * stand at the edges.
 */
@AnalyzeClasses(packages = "org.trustpaybridge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.trustpaybridge";
    private static final String ORDER = ROOT + ".order..";
    private static final String MAPPING = ROOT + ".mapping..";
    private static final String PROVIDER = ROOT + ".provider..";
    private static final String CONDITION = ROOT + ".condition..";
    private static final String SUPERVISION = ROOT + ".supervision..";
    private static final String DELIVERY = ROOT + ".delivery..";
    private static final String OUTBOUND = ROOT + ".outbound..";
    private static final String LEDGER = ROOT + ".ledger..";
    private static final String MANAGEMENT = ROOT + ".management..";
    private static final String METRICS = ROOT + ".metrics..";
    private static final String TRACING = ROOT + ".tracing..";
    private static final String SETTINGS = ROOT + ".settings..";
    private static final String KAFKA = ROOT + ".kafka..";
    private static final String ACTIVITY = ROOT + ".activity..";
    private static final String STATUS = ROOT + ".status..";
    private static final String TRANSPORT = ROOT + ".transport..";
    private static final String ROUTE = ROOT + ".route..";
    private static final String COMMAND = ROOT + ".command..";
    private static final String CHECK = ROOT + ".check..";
    private static final String SEND = ROOT + ".send..";
    private static final String PREVIEW = ROOT + ".preview..";
    private static final String DEADLETTERS = ROOT + ".deadletters..";
    private static final String REPLAY = ROOT + ".replay..";
    private static final String DLQ = ROOT + ".dlq..";
    private static final String CLI = ROOT + ".cli..";
    private static final String OFFSETS = ROOT + ".offsets..";
    private static final String TOPICS = ROOT + ".topics..";
    private static final String POSITION = ROOT + ".position..";
    private static final String SIMULATOR = ROOT + ".simulator..";
    private static final String LOG = ROOT + ".log..";
    private static final String JAVA = "java..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String SLF4J = "org.slf4j..";
    private static final String PICOCLI = "picocli..";

    @ArchTest
    static final ArchRule order_knows_nothing_but_json = only(ORDER, JAVA, JACKSON);

    /** jackson-jq and what it is made of are known here alone. */
    @ArchTest
    static final ArchRule mapping_makes_orders_with_jq = only(MAPPING, ORDER, JAVA, JACKSON, "net.thisptr.jackson.jq..");

    @ArchTest
    static final ArchRule provider_knows_the_order = only(PROVIDER, ORDER, JAVA, JACKSON);

    @ArchTest
    static final ArchRule conditions_know_nobody = only(CONDITION, JAVA);

    @ArchTest
    static final ArchRule who_must_live_is_judged_without_knowing_them = only(SUPERVISION, LOG, JAVA, SLF4J);

    @ArchTest
    static final ArchRule delivery_knows_orders_and_answers = only(DELIVERY, CONDITION, ORDER, PROVIDER, JAVA);

    @ArchTest
    static final ArchRule the_ledger_knows_orders_and_fingerprints = only(LEDGER, ORDER, DELIVERY, JAVA);

    @ArchTest
    static final ArchRule where_to_read_from_is_decided_by_pure_code = only(POSITION, DELIVERY, JAVA);

    @ArchTest
    static final ArchRule management_looks_at_the_engine = only(MANAGEMENT, CONDITION, PROVIDER, DELIVERY, LEDGER, KAFKA, LOG, JAVA, SLF4J,
        "javax.management..", "org.apache.camel.health..", "org.apache.camel.impl.health..");

    /** It counts what the steps tell it and reads what it was given; it knows neither Camel nor Kafka. */
    @ArchTest
    static final ArchRule metrics_know_decisions_and_answers =
        only(METRICS, CONDITION, ORDER, PROVIDER, DELIVERY, POSITION, ACTIVITY, JAVA, "io.micrometer.core..",
            "io.prometheus.metrics.model..");

    @ArchTest
    static final ArchRule what_is_counted_are_decisions_and_answers = only(ACTIVITY, ORDER, DELIVERY, JAVA);

    @ArchTest
    static final ArchRule the_status_page_looks_at_the_engine = only(STATUS, CONDITION, SUPERVISION, DELIVERY, LEDGER, KAFKA, ACTIVITY, MANAGEMENT, SETTINGS,
        LOG, JAVA, JACKSON, SLF4J, "io.vertx..", "io.netty.channel", "io.netty.util.concurrent", "org.apache.camel", "org.apache.camel.main..",
        "org.apache.camel.spi", "org.apache.camel.support.service..",
        "org.apache.camel.component.platform.http..");

    @ArchTest
    static final ArchRule tracing_knows_records_only = only(TRACING, DELIVERY, JAVA, "io.opentelemetry..");

    @ArchTest
    static final ArchRule outbound_knows_what_was_decided = only(OUTBOUND, ORDER, PROVIDER, DELIVERY, JAVA, JACKSON);

    @ArchTest
    static final ArchRule settings_know_the_rules_of_orders_and_of_positions_only = only(SETTINGS, ORDER, MAPPING, POSITION, JAVA);

    @ArchTest
    static final ArchRule kafka_carries_records_and_knows_nothing_of_http =
        only(KAFKA, CONDITION, SUPERVISION, ORDER, DELIVERY, POSITION, LEDGER, OUTBOUND, LOG, JAVA, "javax.management", "javax.security.auth.login", JACKSON, SLF4J,
            "org.apache.kafka..",
            "org.apache.camel", "org.apache.camel.main..", "org.apache.camel.component.properties..",
            "org.apache.camel.component.kafka..");

    /** Of Kafka it may only recognise the exceptions. */
    @ArchTest
    static final ArchRule routes_put_the_steps_together = only(ROUTE, SUPERVISION, ORDER, MAPPING, PROVIDER, DELIVERY, OUTBOUND, LEDGER, METRICS, TRACING,
        TRANSPORT, LOG, JAVA, SLF4J, "org.apache.camel..", "org.apache.kafka.common",
        "org.apache.kafka.common.errors", "io.opentelemetry.api.trace..", "io.opentelemetry.context..");

    /** It carries bytes: what an answer means is no business of the client's. */
    @ArchTest
    static final ArchRule the_client_knows_no_answer = only(TRANSPORT, SUPERVISION, PROVIDER, SETTINGS, LOG, JAVA, SLF4J, "javax.net.ssl..", "org.apache.camel",
        "org.apache.camel.spi.annotations..", "org.apache.camel.component.http..", "org.apache.hc..");

    @ArchTest
    static final ArchRule the_simulator_judges_by_rules_of_its_own = only(SIMULATOR, JAVA, "javax.crypto..", JACKSON, SLF4J, "io.vertx..",
        "io.netty..", PICOCLI);

    @ArchTest
    static final ArchRule only_the_command_line_knows_the_simulator =
        classes().that().resideInAPackage(SIMULATOR).should().onlyHaveDependentClassesThat().resideInAnyPackage(SIMULATOR, CLI);

    @ArchTest
    static final ArchRule the_command_line_starts_and_does_no_more =
        only(CLI, ROOT, SETTINGS, SIMULATOR, COMMAND, CHECK, PREVIEW, SEND, DLQ, OFFSETS, TOPICS, KAFKA, TRANSPORT, SUPERVISION, LOG, JAVA, SLF4J, PICOCLI,
            "org.apache.camel",
            "org.apache.camel.main..");

    @ArchTest
    static final ArchRule the_preview_maps_and_sends_nothing = only(PREVIEW, ORDER, MAPPING, DELIVERY, SETTINGS, KAFKA, COMMAND, JAVA, JACKSON,
        PICOCLI, "javax.xml.stream..", "org.apache.kafka.common..", "org.apache.kafka.clients.consumer..");

    @ArchTest
    static final ArchRule the_check_asks_and_changes_nothing = only(CHECK, ORDER, PROVIDER, TRANSPORT, POSITION, SETTINGS, KAFKA, COMMAND, JAVA, JACKSON, PICOCLI,
        "javax.net.ssl..", "org.apache.kafka.common..", "org.apache.kafka.clients.admin..");

    @ArchTest
    static final ArchRule sending_knows_no_step_of_the_bridge = only(SEND, ORDER, MAPPING, DELIVERY, SETTINGS, KAFKA, COMMAND, PREVIEW, JAVA,
        JACKSON, PICOCLI, "org.apache.kafka..");

    @ArchTest
    static final ArchRule dead_letters_are_read_back_by_pure_code = only(DEADLETTERS, ORDER, DELIVERY, OUTBOUND, JAVA, JACKSON);

    @ArchTest
    static final ArchRule replaying_knows_dead_letters_and_kafka = only(REPLAY, DEADLETTERS, DELIVERY, OUTBOUND, KAFKA, JAVA,
        "org.apache.kafka..");

    @ArchTest
    static final ArchRule commands_for_dead_letters_know_how_to_replay = only(DLQ, REPLAY, DEADLETTERS, ORDER, DELIVERY, OUTBOUND, COMMAND,
        SETTINGS, KAFKA, JAVA, JACKSON, PICOCLI, "org.apache.kafka.common");

    @ArchTest
    static final ArchRule the_command_for_offsets_knows_what_kafka_has = only(OFFSETS, POSITION, DELIVERY, COMMAND, SETTINGS, KAFKA, JAVA,
        JACKSON, PICOCLI, "org.apache.kafka..");

    @ArchTest
    static final ArchRule the_command_for_topics_knows_what_is_checked = only(TOPICS, CHECK, COMMAND, SETTINGS, KAFKA, JAVA, JACKSON, PICOCLI,
        "org.apache.kafka..");

    @ArchTest
    static final ArchRule what_commands_share_knows_none_of_them =
        only(COMMAND, SETTINGS, JAVA, JACKSON, SLF4J, PICOCLI, "ch.qos.logback..");

    @ArchTest
    static final ArchRule only_the_logging_configuration_knows_the_form_of_log_lines =
        classes().that().resideInAPackage(LOG).and().areNotAssignableTo(LogEvent.class)
            .should().onlyHaveDependentClassesThat().resideInAnyPackage(LOG);

    @ArchTest
    static final ArchRule log_events_and_the_form_of_their_lines_know_no_step = only(LOG, JAVA, JACKSON, SLF4J, "net.logstash.logback..",
        "ch.qos.logback.classic..");

    /** Not of the simulator: it is a tool of its own. */
    @ArchTest
    static final ArchRule what_operators_read_has_a_code = noClasses().that().resideOutsideOfPackages(LOG, SIMULATOR)
        .should().callMethodWhere(target(owner(assignableTo(Logger.class)))
            .and(target(nameMatching("info|warn|error|atInfo|atWarn|atError|atLevel|makeLoggingEventBuilder|log"))))
        .because("lines at INFO and above are events of LogEvent");

    /** A message would take the place of the sentence. */
    @ArchTest
    static final ArchRule only_lines_without_a_code_have_a_message_of_their_own = noMethods().that()
        .areDeclaredInClassesThat().resideOutsideOfPackages(LOG, SIMULATOR).should(new ArchCondition<>("give a log event another message") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean coded = method.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> call.getTargetOwner().isEquivalentTo(LogEvent.class));
                method.getMethodCallsFromSelf().stream()
                    .filter(call -> coded && call.getTargetOwner().isAssignableTo(LoggingEventBuilder.class))
                    .filter(call -> call.getName().equals("setMessage")
                        || call.getName().equals("log") && !call.getTarget().getRawParameterTypes().isEmpty())
                    .forEach(call -> events.add(SimpleConditionEvent.satisfied(method, call.getDescription())));
            }
        });

    @ArchTest
    static final ArchRule nobody_but_the_start_knows_the_command_line =
        classes().that().resideInAPackage(CLI).should().onlyHaveDependentClassesThat().resideInAnyPackage(CLI, ROOT);

    @ArchTest
    static final ArchRule nobody_but_the_command_line_knows_the_start =
        classes().that().resideInAPackage(ROOT).should().onlyHaveDependentClassesThat().resideInAnyPackage(CLI, ROOT);

    @ArchTest
    static final ArchRule only_the_command_lines_parse_arguments = noClasses().that().resideOutsideOfPackages(ROOT, CLI, COMMAND,
        CHECK, PREVIEW, SEND, DLQ, OFFSETS, TOPICS, SIMULATOR)
        .should().dependOnClassesThat().resideInAPackage(PICOCLI);

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothing_is_printed_past_the_log = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule there_is_one_way_to_log = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule only_commands_end_the_process = noClasses().that().resideOutsideOfPackages(ROOT, CLI, SIMULATOR)
        .should().callMethod(System.class, "exit", int.class).orShould().callMethod(Runtime.class, "halt", int.class);

    private static ArchRule only(String packageName, String... known) {
        String[] allowed = new String[known.length + 1];
        System.arraycopy(known, 0, allowed, 0, known.length);
        allowed[known.length] = packageName;
        return classes().that().resideInAPackage(packageName).should().onlyDependOnClassesThat().resideInAnyPackage(allowed);
    }
}
