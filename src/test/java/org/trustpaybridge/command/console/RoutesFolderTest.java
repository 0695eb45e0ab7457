package org.trustpaybridge.command.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.settings.InvalidSettingsException;

class RoutesFolderTest {

    @TempDir
    private Path folder;

    /** A bridge would start without any route, and be healthy. */
    @Test
    void camel_finds_the_routes_of_a_folder_that_is_a_link() throws Exception {
        // Given
        Path real = Files.createDirectory(folder.resolve("release-1"));
        Files.writeString(real.resolve("order.camel.yaml"), "");
        Path link = Files.createSymbolicLink(folder.resolve("routes"), real);

        // When
        Path found = RoutesFolder.find(link);

        // Then
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(PluginHelper.getPackageScanResourceResolver(context).findResources("file:" + found + "/*.camel.yaml")).hasSize(1);
        }
    }

    /** As Kubernetes mounts a ConfigMap. */
    @Test
    void camel_finds_routes_that_are_links_themselves() throws Exception {
        Path real = Files.createDirectory(folder.resolve("data"));
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.createSymbolicLink(routes.resolve("order.camel.yaml"), Files.writeString(real.resolve("order.camel.yaml"), ""));

        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(PluginHelper.getPackageScanResourceResolver(context)
                .findResources("file:" + RoutesFolder.find(routes) + "/*.camel.yaml")).hasSize(1);
        }
    }

    @Test
    void a_folder_without_routes_is_refused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> RoutesFolder.find(empty)).isInstanceOf(InvalidSettingsException.class);
        assertThatThrownBy(() -> RoutesFolder.find(folder.resolve("nowhere"))).isInstanceOf(InvalidSettingsException.class);
    }
}
