package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.trustpaybridge.settings.Setting;

/** The chart, rendered by Helm's own library, makes the objects of {@code config/kubernetes}. */
class HelmChartTest {

    private static final Path CHART = Path.of("config/helm/trustpay-bridge");

    @TempDir
    private Path folder;
    private Helm helm;

    /** The library takes itself for a Kubernetes of 2020. */
    @BeforeEach
    void copy_without_the_version_of_kubernetes() throws IOException {
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(CHART.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replaceAll("(?m)^kubeVersion: .*\\n", ""));
            }
        }
        helm = new Helm(folder);
    }

    @Test
    void helm_finds_nothing_to_complain_about() {
        LintResult result = helm.lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void with_its_defaults_it_makes_what_the_kustomization_makes() {
        Map<String, Object> rendered = rendered(helm.template().withName("trustpay-bridge"));

        Map<String, Object> kustomized = new TreeMap<>();
        for (String file : new String[] {"config-map.yaml", "deployment.yaml", "pod-disruption-budget.yaml", "service.yaml"}) {
            Map<String, Object> manifest = Manifests.plain(file);
            kustomized.put(manifest.get("kind").toString(), manifest);
        }
        at(kustomized, "Deployment", "spec", "template", "metadata").put("annotations",
            at(rendered, "Deployment", "spec", "template", "metadata").get("annotations"));
        setImage(kustomized, "trustpay-bridge:" + Manifests.plain("kustomization.yaml").get("images").toString()
            .replaceAll(".*newTag=([^}]*)}.*", "$1"));
        assertThat(rendered).isEqualTo(kustomized);
    }

    @Test
    void with_everything_switched_on_it_makes_what_the_files_for_operators_say() {
        Map<String, Object> rendered = rendered(helm.template().withName("trustpay-bridge").set("serviceMonitor.enabled", "true")
            .set("scaledObject.enabled", "true").set("networkPolicy.enabled", "true"));

        for (String file : new String[] {"service-monitor.yaml", "scaled-object.yaml", "network-policy.yaml"}) {
            assertThat(rendered.get(Manifests.plain(file).get("kind").toString())).as(file).isEqualTo(Manifests.plain(file));
        }
        assertThat(at(rendered, "Deployment", "spec")).doesNotContainKey("replicas");
        assertThat(rendered.values()).allSatisfy(manifest -> Manifests.typed(map(manifest)));
    }

    @Test
    void two_shops_are_two_releases_with_nothing_in_common() {
        String shop = helm.template().withName("shop-b").set("secret.name", "shop-b-secrets").set("settings.KAFKA_GROUP_ID", "shop-b")
            .call();

        assertThat(shop).contains("name: shop-b", "secretName: shop-b-secrets", "KAFKA_GROUP_ID: \"shop-b\"");
        assertThat(at(rendered(helm.template().withName("shop-b")), "Deployment", "spec", "selector", "matchLabels"))
            .isEqualTo(Map.of("app.kubernetes.io/name", "shop-b"));
    }

    @ParameterizedTest
    @CsvSource({"replica, 3", "settings.MULTISAFEPAY_API_KEY, secret-key-1", "replicas, many", "scaledObject.minReplicas, 0",
        "settings.kafka-brokers, x"})
    void values_that_are_misspelt_or_impossible_and_keys_outside_of_a_secret_are_refused(String value, String text) {
        assertThatThrownBy(() -> helm.template().withName("x").set(value, text).call()).hasMessageContaining("schema");
    }

    @Test
    void its_settings_are_settings_and_its_version_is_that_of_the_build() {
        Map<String, Object> values = map(new Load(LoadSettings.builder().build()).loadFromString(read("values.yaml")));

        assertThat(Stream.concat(Stream.of(Setting.values()).map(Setting::environmentVariable), Stream.of("LOG_FORMAT", "LOG_LEVEL"))
            .toList())
            .containsAll(map(values.get("settings")).keySet());
        assertThat(read("Chart.yaml")).contains("appVersion: " + map(((List<?>) Manifests.plain("kustomization.yaml").get("images"))
            .get(0)).get("newTag"));
    }

    private static String read(String file) {
        try {
            return Files.readString(CHART.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> rendered(TemplateCommand command) {
        Map<String, Object> byKind = new TreeMap<>();
        Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(command.call());
        StreamSupport.stream(documents.spliterator(), false).filter(document -> document != null)
            .forEach(document -> byKind.put(map(document).get("kind").toString(), document));
        return byKind;
    }

    private static void setImage(Map<String, Object> byKind, String image) {
        Map<String, Object> pod = at(byKind, "Deployment", "spec", "template", "spec");
        map(((List<?>) pod.get("containers")).get(0)).put("image", image);
    }

    private static Map<String, Object> at(Map<String, Object> node, String... path) {
        Map<String, Object> found = node;
        for (String name : path) {
            found = map(found.get(name));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
