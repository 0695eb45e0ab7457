package org.trustpaybridge.observe.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.GeneratedDocument;

/**
 * JMX describes the bridge's MBean from its code, and the documentation says the same. {@code -Ddocs.update=true} writes the table anew.
 */
class BridgeMBeanDocumentationTest {

    private static final Path DOCUMENTATION = Path.of("docs/operate.md");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- table mbean -->\\n.*?<!-- end -->");

    private final MBeanInfo bean = new DescribedMBean(new BridgeManagement(null, null, null, null, null, null, null),
        BridgeManagementMXBean.class).getMBeanInfo();

    @Test
    void the_bean_and_every_attribute_and_operation_is_described_in_jmx() {
        assertThat(bean.getDescription()).startsWith("What the bridge has in flight");
        assertThat(bean.getAttributes()).hasSizeGreaterThan(10).allSatisfy(BridgeMBeanDocumentationTest::assertDescribed);
        assertThat(bean.getOperations()).extracting(MBeanFeatureInfo::getName)
            .contains("pauseConsumption", "resumeConsumption", "retryNow");
        assertThat(bean.getOperations()).allSatisfy(operation -> {
            assertDescribed(operation);
            assertThat(operation.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
            assertThat(operation.getSignature()).allSatisfy(BridgeMBeanDocumentationTest::assertDescribed);
        });
    }

    @Test
    void the_documentation_has_the_table_of_the_bean() throws IOException {
        GeneratedDocument.assertUpToDate(DOCUMENTATION, TABLE, any -> table());
    }

    private String table() {
        StringBuilder table = new StringBuilder("| Attribute or operation | Type | Meaning |\n|---|---|---|\n");
        List.of(bean.getAttributes()).stream().sorted(Comparator.comparing(MBeanAttributeInfo::getName)).forEach(attribute ->
            row(table, "`" + attribute.getName() + "`", shortType(attribute.getType()), attribute));
        Stream.of(bean.getOperations()).sorted(Comparator.comparing(MBeanOperationInfo::getName)).forEach(operation ->
            row(table, "`" + operation.getName() + "(" + String.join(", ", Stream.of(operation.getSignature())
                .map(MBeanFeatureInfo::getName).toList())
                + ")`", "operation", operation));
        return table.toString();
    }

    private static void row(StringBuilder table, String name, String type, MBeanFeatureInfo info) {
        table.append("| ").append(name).append(" | ").append(type).append(" | ").append(info.getDescription()).append(" |\n");
    }

    private static String shortType(String type) {
        return type.startsWith("[") ? "table" : type.replaceFirst("^java\\.lang\\.", "").replaceFirst("^javax.*", "table")
            .toLowerCase(java.util.Locale.ROOT);
    }

    private static void assertDescribed(MBeanFeatureInfo info) {
        assertThat(info.getDescription()).as(info.getName()).isNotBlank().isNotEqualTo(info.getName())
            .doesNotContain("exposed for management").doesNotEndWith(".");
    }
}
