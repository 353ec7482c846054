// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests that are not about our nodes are answered as before: the same conversation with Tigase's own PubSub and with the plugin. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for answers that never come
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class CoexistenceIT {

    private static final Path FOLDER = Office.FOLDER.resolve("CoexistenceIT");

    @Test
    void ordinaryNodesAndPersonalEventsAreAnsweredAsByTigaseItself() throws InterruptedException {
        Path home = Tigase.home().orElseThrow();
        List<String> stock;
        List<String> ours;
        try (XmppServer tigase = Tigase.startStock(home, FOLDER.resolve("stock"))) {
            stock = PubSubConversation.with(tigase);
        }
        try (XmppServer tigase = Tigase.start(home, FOLDER.resolve("ours"))) {
            ours = PubSubConversation.with(tigase);
        }
        assertThat(stock).as("enough was exchanged").hasSizeGreaterThan(60);
        SoftAssertions differences = new SoftAssertions();
        for (int i = 0; i < Math.min(stock.size(), ours.size()); i++) {
            differences
                    .assertThat(ours.get(i))
                    .as(stock.get(Math.max(0, i - 1)))
                    .isEqualTo(stock.get(i));
        }
        differences.assertThat(ours).hasSameSizeAs(stock);
        differences.assertAll();
    }
}
