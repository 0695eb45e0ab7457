package org.trustpaybridge.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests of {@code config/kubernetes}, read into the types of Kubernetes' API. A member that a type does not have is an error. */
final class Manifests {

    static final Path FOLDER = Path.of("config/kubernetes");

    private static final Map<String, Class<?>> TYPES = Map.of("apps/v1 Deployment", Deployment.class, "v1 ConfigMap", ConfigMap.class,
        "v1 Service", Service.class, "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
        "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class, "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
        "keda.sh/v1alpha1 ScaledObject", ScaledObject.class);

    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
        private static final long serialVersionUID = 1L;

        /** The types would otherwise keep whatever they do not know. */
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
        }
    });

    private Manifests() {
    }

    /** All manifests but the kustomization. */
    static List<String> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("kustomization.yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as plain maps and lists. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> plain(String file) {
        try {
            return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A file in the type that it says it has.
     *
     * @throws IllegalArgumentException when it has an unknown type, a member that the type lacks, or a value of another type
     */
    static Object typed(String file) {
        return typed(plain(file));
    }

    static Object typed(Map<String, Object> manifest) {
        Class<?> type = TYPES.get(manifest.get("apiVersion") + " " + manifest.get("kind"));
        if (type == null) {
            throw new IllegalArgumentException("unknown: " + manifest.get("apiVersion") + " " + manifest.get("kind"));
        }
        return STRICT.convertValue(manifest, type);
    }

    static Deployment deployment() {
        return (Deployment) typed("deployment.yaml");
    }

    static PodSpec pod() {
        return deployment().getSpec().getTemplate().getSpec();
    }

    static Container bridge() {
        return pod().getContainers().get(0);
    }

    /** The part of KEDA's ScaledObject that is used here. */
    record ScaledObject(String apiVersion, String kind, io.fabric8.kubernetes.api.model.ObjectMeta metadata, Spec spec) {
        record Spec(Target scaleTargetRef, int pollingInterval, int minReplicaCount, int maxReplicaCount, Advanced advanced,
                    List<Trigger> triggers) {
        }

        record Target(String name) {
        }

        record Advanced(HorizontalPodAutoscalerConfig horizontalPodAutoscalerConfig) {
        }

        record HorizontalPodAutoscalerConfig(Behavior behavior) {
        }

        record Behavior(Rules scaleUp, Rules scaleDown) {
        }

        record Rules(Integer stabilizationWindowSeconds, List<Policy> policies) {
        }

        record Policy(String type, int value, int periodSeconds) {
        }

        /** Values are strings in KEDA's schema; a bare {@code true} is refused by the API server. */
        record Trigger(String type, Map<String, Object> metadata) {
        }
    }
}
