// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClusterModeTest {

    @Test
    void clusterModeIsOnIfConfigured() {
        assertThat(ClusterMode.isOn(Map.of("cluster-mode", true))).isTrue();
        assertThat(ClusterMode.isOn(Map.of("cluster-mode", "true"))).isTrue();
        assertThat(ClusterMode.isOn(Map.of("cluster-mode", false))).isFalse();
        assertThat(ClusterMode.isOn(Map.of())).isFalse();
    }
}
