package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.settings.Setting;

/** What {@code kubectl apply -k config/kubernetes} would send, without a cluster. */
class KubernetesManifestsTest {

    private static final Map<String, String> LABEL = Map.of("app.kubernetes.io/name", "trustpay-bridge");
    private static final int PORT = Integer.parseInt(Setting.MANAGEMENT_PORT.defaultValue().orElseThrow());
    /** What KEDA's Kafka scaler takes, apart from TLS and SASL. */
    private static final Set<String> KAFKA_SCALER = Set.of("bootstrapServers", "bootstrapServersFromEnv", "consumerGroup",
        "consumerGroupFromEnv", "topic", "topicFromEnv", "lagThreshold", "activationLagThreshold", "offsetResetPolicy",
        "allowIdleConsumers", "scaleToZeroOnInvalidOffset", "excludePersistentLag", "limitToPartitionsWithLag", "version",
        "partitionLimitation", "ensureEvenDistributionOfPartitions");

    static List<String> files() {
        return Manifests.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_member_is_one_of_the_api(String file) {
        assertThat(Manifests.typed(file)).isNotNull();
    }

    @Test
    void a_misspelt_member_is_found() {
        // Given
        Map<String, Object> manifest = Manifests.plain("service.yaml");
        manifest.put("spec", Map.of("publishNotReadyAdresses", true));

        // Then
        assertThatThrownBy(() -> Manifests.typed(manifest)).hasMessageContaining("publishNotReadyAdresses");
    }

    @ParameterizedTest
    @MethodSource("files")
    void all_have_one_name_and_label(String file) {
        Map<?, ?> metadata = (Map<?, ?>) Manifests.plain(file).get("metadata");

        assertThat(metadata.get("name")).isEqualTo("trustpay-bridge");
        assertThat(metadata.get("labels")).isEqualTo(LABEL);
    }

    @Test
    void the_kustomization_lists_every_manifest_and_leaves_the_optional_ones_out() throws IOException {
        // Given
        List<String> lines = Files.readAllLines(Manifests.FOLDER.resolve("kustomization.yaml"));

        // Then
        List<String> optional = lines.stream().filter(line -> line.matches("  # - [a-z-]+\\.yaml")).map(line -> line.substring(6)).toList();
        assertThat(optional).containsExactlyInAnyOrder("service-monitor.yaml", "scaled-object.yaml", "network-policy.yaml");
        assertThat(resources()).doesNotContainAnyElementsOf(optional);
        assertThat(resources()).hasSize(Manifests.files().size() - optional.size());
        assertThat(Manifests.files()).containsAll(resources()).containsAll(optional);
    }

    @Test
    void the_image_has_the_version_of_the_build() throws IOException {
        String version = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml"))).results()
            .findFirst().orElseThrow().group(1);

        assertThat(Manifests.plain("kustomization.yaml").get("images"))
            .isEqualTo(List.of(Map.of("name", Manifests.bridge().getImage(), "newName", "trustpay-bridge", "newTag", version)));
    }

    @Test
    void selectors_find_the_pods() {
        assertThat(Manifests.deployment().getSpec().getTemplate().getMetadata().getLabels()).isEqualTo(LABEL);
        assertThat(Manifests.deployment().getSpec().getSelector().getMatchLabels()).isEqualTo(LABEL);
        assertThat(Manifests.pod().getTopologySpreadConstraints()).hasSize(2)
            .allSatisfy(spread -> assertThat(spread.getLabelSelector().getMatchLabels()).isEqualTo(LABEL));
        assertThat(service().getSpec().getSelector()).isEqualTo(LABEL);
        assertThat(budget().getSpec().getSelector().getMatchLabels()).isEqualTo(LABEL);
        assertThat(((ServiceMonitor) Manifests.typed("service-monitor.yaml")).getSpec().getSelector().getMatchLabels()).isEqualTo(LABEL);
        assertThat(((NetworkPolicy) Manifests.typed("network-policy.yaml")).getSpec().getPodSelector().getMatchLabels()).isEqualTo(LABEL);
        assertThat(scaled().scaleTargetRef().name()).isEqualTo(((HasMetadata) Manifests.deployment()).getMetadata().getName());
    }

    @Test
    void all_look_at_the_management_port() {
        Container bridge = Manifests.bridge();
        assertThat(bridge.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("management");
            assertThat(port.getContainerPort()).isEqualTo(PORT);
        });
        assertThat(service().getSpec().getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getPort()).isEqualTo(PORT);
            assertThat(port.getTargetPort().getStrVal()).isEqualTo("management");
        });
        assertThat(((ServiceMonitor) Manifests.typed("service-monitor.yaml")).getSpec().getEndpoints()).singleElement()
            .satisfies(endpoint -> {
            assertThat(endpoint.getPort()).isEqualTo(service().getSpec().getPorts().get(0).getName());
            assertThat(endpoint.getPath()).isEqualTo("/observe/metrics");
        });
        assertThat(((NetworkPolicy) Manifests.typed("network-policy.yaml")).getSpec().getIngress()).singleElement()
            .satisfies(rule -> assertThat(rule.getPorts().get(0).getPort().getIntVal()).isEqualTo(PORT));
    }

    @Test
    void an_outage_takes_a_pod_out_of_ready_and_never_restarts_it() {
        Container bridge = Manifests.bridge();

        assertProbe(bridge.getStartupProbe(), "/observe/health/live");
        assertProbe(bridge.getLivenessProbe(), "/observe/health/live");
        assertProbe(bridge.getReadinessProbe(), "/observe/health/ready");
        assertThat(bridge.getStartupProbe().getPeriodSeconds() * bridge.getStartupProbe().getFailureThreshold()).isBetween(60, 300);
        assertThat(budget().getSpec().getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
    }

    @Test
    void the_pod_may_do_nothing_it_does_not_need() throws IOException {
        PodSpec pod = Manifests.pod();
        SecurityContext container = Manifests.bridge().getSecurityContext();

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(Files.readString(Path.of("Dockerfile")))
            .contains("USER " + pod.getSecurityContext().getRunAsUser() + ":" + pod.getSecurityContext().getRunAsGroup() + "\n");
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getCapabilities().getAdd()).isEmpty();
        assertThat(Manifests.bridge().getVolumeMounts()).filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
            .extracting(VolumeMount::getMountPath).containsExactly("/tmp");
    }

    @Test
    void key_and_token_come_as_files_of_a_secret_that_no_manifest_holds() {
        // Given
        VolumeMount mount = Manifests.bridge().getVolumeMounts().stream().filter(each -> each.getName().equals("secrets")).findFirst()
            .orElseThrow();

        // When
        Map<String, String> files = new TreeMap<>();
        Manifests.bridge().getEnv().forEach(variable -> files.put(variable.getName(), variable.getValue()));

        // Then
        assertThat(files).isEqualTo(Map.of("MULTISAFEPAY_API_KEY_FILE", mount.getMountPath() + "/multisafepay-api-key",
            "MANAGEMENT_TOKEN_FILE", mount.getMountPath() + "/management-token"));
        assertThat(Manifests.pod().getVolumes()).filteredOn(volume -> volume.getName().equals("secrets")).singleElement()
            .satisfies(volume -> assertThat(volume.getSecret().getItems()).extracting(item -> mount.getMountPath() + "/" + item.getPath())
                .containsExactlyInAnyOrderElementsOf(files.values()));
        assertThat(((ServiceMonitor) Manifests.typed("service-monitor.yaml")).getSpec().getEndpoints().get(0).getAuthorization()
            .getCredentials().getKey()).isEqualTo("management-token");
        assertThat(Manifests.pod().getSecurityContext().getFsGroup()).isEqualTo(Manifests.pod().getSecurityContext().getRunAsUser());
        assertThat(Manifests.files()).noneMatch(name -> "Secret".equals(Manifests.plain(name).get("kind")));
    }

    @Test
    void memory_is_a_fixed_amount_and_processors_are_not_limited() {
        assertThat(Manifests.bridge().getResources().getLimits()).containsOnlyKeys("memory");
        assertThat(Manifests.bridge().getResources().getRequests().get("memory"))
            .isEqualTo(Manifests.bridge().getResources().getLimits().get("memory"));
    }

    @Test
    void an_order_that_waits_starts_no_instance() {
        Manifests.ScaledObject.Trigger trigger = scaled().triggers().get(0);

        assertThat(scaled().triggers()).hasSize(1);
        assertThat(trigger.type()).isEqualTo("kafka");
        assertThat(KAFKA_SCALER).containsAll(trigger.metadata().keySet());
        assertThat(trigger.metadata().values()).allMatch(String.class::isInstance);
        assertThat(trigger.metadata()).containsEntry("excludePersistentLag", "true").containsEntry("limitToPartitionsWithLag", "true")
            .containsEntry("allowIdleConsumers", "false").containsEntry("offsetResetPolicy", "earliest")
            .containsEntry("topic", Setting.TOPIC_ORDER_CREATED.defaultValue().orElseThrow())
            .containsEntry("consumerGroup", Setting.KAFKA_GROUP_ID.defaultValue().orElseThrow())
            .containsEntry("bootstrapServers", ((Map<?, ?>) Manifests.plain("config-map.yaml").get("data")).get("KAFKA_BROKERS"));
        assertThat(scaled().minReplicaCount()).isPositive().isLessThan(scaled().maxReplicaCount());
    }

    private static void assertProbe(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
    }

    @SuppressWarnings("unchecked")
    private static List<String> resources() {
        return (List<String>) Manifests.plain("kustomization.yaml").get("resources");
    }

    private static Service service() {
        return (Service) Manifests.typed("service.yaml");
    }

    private static PodDisruptionBudget budget() {
        return (PodDisruptionBudget) Manifests.typed("pod-disruption-budget.yaml");
    }

    private static Manifests.ScaledObject.Spec scaled() {
        return ((Manifests.ScaledObject) Manifests.typed("scaled-object.yaml")).spec();
    }
}
