package org.trustpaybridge;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
import org.trustpaybridge.Rooms.Room;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.testkit.GeneratedDocument;

/**
 * Who may know whom stands in {@link Rooms}. What is decided is pure code; Camel, Kafka and HTTP stand at the edges.
 */
@AnalyzeClasses(packages = "org.trustpaybridge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.trustpaybridge";
    private static final String ASSEMBLY = ROOT + ".assembly";
    private static final String COMMAND = ROOT + ".command";
    private static final String COMMANDS = ROOT + ".command..";
    private static final String SIMULATOR = ROOT + ".simulator..";
    private static final String LOG = ROOT + ".log..";
    private static final String PICOCLI = "picocli..";

    @ArchTest
    static final ArchRule only_the_logging_configuration_knows_the_form_of_log_lines =
        classes().that().resideInAPackage(LOG).and().areNotAssignableTo(LogEvent.class)
            .should().onlyHaveDependentClassesThat().resideInAnyPackage(LOG);

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
        classes().that().resideInAPackage(COMMAND).should().onlyHaveDependentClassesThat().resideInAnyPackage(COMMAND, ROOT);

    @ArchTest
    static final ArchRule nobody_knows_the_start = classes().that().resideInAPackage(ROOT).should().onlyHaveDependentClassesThat()
        .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule only_the_command_line_knows_what_is_put_together =
        classes().that().resideInAPackage(ASSEMBLY).should().onlyHaveDependentClassesThat().resideInAnyPackage(ASSEMBLY, COMMAND);

    @ArchTest
    static final ArchRule only_the_command_line_knows_the_simulator =
        classes().that().resideInAPackage(SIMULATOR).should().onlyHaveDependentClassesThat().resideInAnyPackage(SIMULATOR, COMMAND);

    @ArchTest
    static final ArchRule only_the_command_lines_parse_arguments = noClasses().that().resideOutsideOfPackages(ROOT, COMMANDS, SIMULATOR)
        .should().dependOnClassesThat().resideInAPackage(PICOCLI);

    @ArchTest
    static final ArchRule rooms_have_no_cycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static void each_package_knows_what_its_floor_plan_says_and_no_more(JavaClasses classes) {
        assertThat(Rooms.all()).allSatisfy(room -> classes().that().resideInAPackage(room.packageName()).should().onlyDependOnClassesThat()
            .resideInAnyPackage(room.known()).allowEmptyShould(false).check(classes));
    }

    @ArchTest
    static void each_package_has_its_place_in_the_floor_plan(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackageName)).isSubsetOf(Rooms.all().stream().map(Room::packageName).toList());
    }

    @ArchTest
    static void no_arrow_of_the_floor_plan_leads_back(JavaClasses classes) {
        List<String> names = Rooms.all().stream().map(Room::name).toList();

        assertThat(Rooms.all()).allSatisfy(room -> assertThat(names.subList(0, names.indexOf(room.name()))).containsAll(room.rooms()));
    }

    /** An arrow that nobody needs would be an invitation. */
    @ArchTest
    static void each_arrow_of_the_floor_plan_is_used(JavaClasses classes) {
        Map<String, Set<String>> used = classes.stream().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.flatMapping(
            each -> each.getDirectDependenciesFromSelf().stream().map(to -> to.getTargetClass().getPackageName()), Collectors.toSet())));

        assertThat(Rooms.all()).allSatisfy(room -> assertThat(used.get(room.packageName())).as(room.name()).containsAll(
            room.rooms().stream().map(Rooms::packageName).toList()));
    }

    @ArchTest
    static void the_architecture_document_shows_the_floor_plan(JavaClasses classes) throws IOException {
        GeneratedDocument.assertUpToDate(Path.of("docs/architecture.md"),
            Pattern.compile("<!-- rooms -->\\n.*?<!-- end -->", Pattern.DOTALL),
            part -> Rooms.picture());
    }

    @ArchTest
    static final ArchRule nothing_is_printed_past_the_log = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule there_is_one_way_to_log = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule only_commands_end_the_process = noClasses().that().resideOutsideOfPackages(ROOT, COMMAND, SIMULATOR)
        .should().callMethod(System.class, "exit", int.class).orShould().callMethod(Runtime.class, "halt", int.class);
}
