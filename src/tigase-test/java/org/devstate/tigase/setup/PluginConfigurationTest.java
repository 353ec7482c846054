// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.devstate.core.settings.SettingPlace;
import org.devstate.core.settings.Settings;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.GuideBlocks.GuideBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The changes of the installation to a configuration, as Tigase's own reader sees them. */
final class PluginConfigurationTest {

    private static final List<String> PBX = List.of("pbx*@example.net");
    private static final String STOCK =
            """
            # What we run
            'config-type' = 'default'
            admins = [ 'admin@example.net' ]
            dataSource () {
                default () {
                    uri = env('DB') + '?user=tigase' # the password is elsewhere
                }
            }
            """;

    @Test
    void theSampleHasEveryAddedLine() throws IOException {
        Map<String, Object> sample = ConfigValues.of(new ConfigText(Files.readString(Path.of("etc", "config.tdsl"))));

        assertThat(sample).containsAllEntriesOf(ConfigValues.of(PluginLines.with(PBX)));
    }

    @Test
    void theLinesOfTheGuidesAreReadAndTheirSettingsOfThePluginAreKnown() {
        List<String> settings = new ArrayList<>(Settings.keys(SettingPlace.PLUGIN));
        settings.addAll(List.of("active", "class"));
        for (GuideBlock block : GuideBlocks.ofKind("config.tdsl")) {
            Map<String, Object> values = ConfigValues.of(new ConfigText(block.text()));

            assertThat(values).as("%s", block).isNotEmpty();
            assertThat(values.keySet())
                    .filteredOn(key -> key.startsWith("pubsub/"))
                    .allSatisfy(key -> assertThat(settings).contains(key.substring("pubsub/".length())));
        }
    }

    @Test
    void theSampleOfAClusterNeedsNoChange() throws IOException {
        ConfigText sample = new ConfigText(Files.readString(Path.of("etc", "cluster.tdsl")));

        assertThat(ConfigValues.of(sample)).containsEntry("cluster-mode", true);
        assertThat(new PluginConfiguration(sample, PBX).added()).isEqualTo(sample);
    }

    /** Every setting of ours is in the sample; one that the removal does not know is left behind here. */
    @Test
    void removingTheWholeSampleLeavesOnlyItsComments() throws IOException {
        ConfigText sample = new ConfigText(Files.readString(Path.of("etc", "config.tdsl"))
                .replace("# 'policy' = [", "'policy' = [ 'site paris' ]#")
                .replace("# 'devstate-store' (active: true) {", "'devstate-store' (active: false) {}"));

        assertThat(ConfigValues.of(sample)).containsKeys("pubsub/policy", "pubsub/devstate-store/active");
        assertThat(ConfigValues.of(new PluginRemoval(sample, new ConfigText("")).removed()))
                .containsOnlyKeys(
                        "c2s/active", "pubsub/active", "sess-man/active", "sess-man/jabber:iq:register/active");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pubsub () {}\n",
                "'pubsub' (active: true) {\n    # ours\n    'delayed-root-collection-loading' = true\n}\n",
                "pubsub (class: tigase.pubsub.PubSubComponent) {\n}\n",
                "c2s () {\n    connections () {\n        ports = [ 5222, 5223 ]\n    }\n    seeOtherHost (active: false) {}\n}\n",
                "c2s {\n    a = 1\n}\npubsub {}\n",
                "c2s () {\n    'asterisk-gate' (active: false) {}\n}\n",
                "c2s () {\n    seeOtherHost {}\n}\n",
                "c2s () {\n    seeOtherHost () {\n        a = 1\n    }\n}\n",
                "'max-queue-size' = 5000\nc2s () {\n    trafficThrottling = 'xmpp:9k:0:disc'\n    'watchdog-delay' = 600\n}\n",
                "c2s () {}\npubsub (active: false) {}",
            })
    void addedLinesWorkLeaveAllOthersAndAreRemovedWithoutATrace(String more) {
        ConfigText before = new ConfigText(STOCK + more);
        Map<String, Object> was = ConfigValues.of(before);

        ConfigText added = new PluginConfiguration(before, PBX).added();

        Map<String, Object> is = ConfigValues.of(added);
        assertThat(is).containsAllEntriesOf(without(was, "pubsub/class", "pubsub/active", "c2s/asterisk-gate/active"));
        assertThat(is)
                .containsEntry("pubsub/class", "org.devstate.tigase.DeviceStatePubSub")
                .containsEntry("pubsub/active", "true")
                .containsEntry("pubsub/asterisk-accounts", PBX)
                .containsEntry("c2s/asterisk-gate/active", "true")
                .containsKeys("max-queue-size", "c2s/trafficThrottling", "c2s/watchdog-delay", "c2s/watchdog-timeout");
        assertThat(added.text()).startsWith(STOCK);
        assertThat(new PluginConfiguration(added, List.of()).added()).isEqualTo(added);
        assertThat(new PluginConfiguration(added, PBX).added()).isEqualTo(added);

        ConfigText removed = new PluginRemoval(added, before).removed();
        assertThat(without(ConfigValues.of(removed), "c2s/active", "pubsub/active"))
                .isEqualTo(without(was, "c2s/active", "pubsub/active", "c2s/asterisk-gate/active"));
        assertThat(ConfigValues.of(removed).getOrDefault("pubsub/active", "true"))
                .isEqualTo(was.getOrDefault("pubsub/active", "true"));
        assertThat(removed.text()).startsWith(STOCK).doesNotContain("devstate", "asterisk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pubsub () {}\n", "c2s () {\n    # theirs\n    'a' = 1\n}\n"})
    void removingAtOnceLeavesTheFileAsItWas(String more) {
        ConfigText before = new ConfigText(STOCK + more);

        assertThat(new PluginRemoval(new PluginConfiguration(before, PBX).added(), before).removed())
                .isEqualTo(before);
    }

    @Test
    void laterChangesStay() {
        ConfigText added = new PluginConfiguration(new ConfigText(STOCK), PBX).added();
        String settings =
                """
                    'policy' = [ 'site paris',
                        'publish allow *' ]
                    'devstate-store' (active: true) {
                        'data-source' = 'other'
                    }
                """;
        ConfigText changed = new ConfigText(added.text()
                        .replace("'watchdog-delay' = 30000", "'watchdog-delay' = 40000")
                        .replace("pubsub (", "debug = [ 'server' ]\npubsub ("))
                .insert(PluginLines.PUBSUB, settings);

        ConfigText removed = new PluginRemoval(changed, new ConfigText("")).removed();

        assertThat(removed.text())
                .isEqualTo(STOCK + "debug = [ 'server' ]\nc2s () {\n    'watchdog-delay' = 40000\n}\n");
    }

    @Test
    void otherAccountsReplaceTheFormerOnes() {
        ConfigText added = new PluginConfiguration(new ConfigText(STOCK), PBX).added();

        assertThat(new PluginConfiguration(added, List.of("a@example.net", "b*@example.net"))
                        .added()
                        .text())
                .isEqualTo(added.text().replace("'pbx*@example.net'", "'a@example.net', 'b*@example.net'"));
    }

    @Test
    void unchangedEntriesAreReported() {
        ConfigText lower = new ConfigText("'max-queue-size' = 5000\nc2s () {\n    'watchdog-delay' = 30000\n}\n");

        assertThat(new PluginConfiguration(lower, PBX).remarks())
                .singleElement()
                .asString()
                .contains("'max-queue-size' was left at '5000'", "'100000'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pubsub (class: org.example.Mine) {}|org.example.Mine",
                "pubsub = 5|'pubsub' has no body",
                "dataSource () {|not closed",
                "a = 'b|not closed",
                "pubsub (clazz: x) {}|unknown bean definition field: clazz",
                "a = 'x' / 'y'|line 1: Cannot divide a String",
                "}|line 1",
            })
    void unsuitableConfigurationsAreRejectedWithAReason(String wrongAndReason) {
        List<String> parts = new ArrayList<>(List.of(wrongAndReason.split("\\|", -1)));
        assertThatThrownBy(() -> new PluginConfiguration(new ConfigText(parts.get(0)), PBX).added())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(parts.get(1));
    }

    private static Map<String, Object> without(Map<String, Object> values, String... keys) {
        Map<String, Object> rest = new TreeMap<>(values);
        rest.keySet().removeAll(List.of(keys));
        return rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx", "*", "@example.net", "pbx1@", "a@b@c", "pbx*@example.net/asterisk"})
    void invalidGlobsOfAccountsAreRejectedBeforeAnyChange(String glob) {
        assertThatThrownBy(() -> new PluginConfiguration(new ConfigText(STOCK), List.of("pbx*@example.net", glob)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + glob + "'");
    }

    @Test
    void accountsBesideAPolicyAreRejected() {
        ConfigText config = new ConfigText(STOCK + "pubsub () {\n    policy = [ 'site paris' ]\n}\n");

        assertThatThrownBy(() -> new PluginConfiguration(config, PBX).added())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("either that or 'asterisk-accounts'");
    }

    @Test
    void anAdministratorIsAddedToTheOthersAndTheirCommentStays() {
        ConfigText config = new ConfigText(STOCK.replace("'admin@example.net' ]", "'boss@example.net' ] # ours")
                + "c2s () {\n    connections () {\n        ports = [ 5300 ]\n    }\n}\n");
        EnrolmentLines lines = new EnrolmentLines("admin@example.net", "xmpp.example.net");
        ConfigText added = new PluginConfiguration(config, List.of(), lines).added();
        assertThat(added.text()).contains("admins = [ 'boss@example.net', 'admin@example.net' ] # ours\n");
        assertThat(ConfigValues.of(added))
                .containsEntry("pubsub/asterisk-server-host", "xmpp.example.net")
                .containsEntry("pubsub/asterisk-server-port", 5300);
        assertThat(new PluginConfiguration(added, List.of(), lines).added()).isEqualTo(added);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admins = []\n"})
    void theFirstAdministratorIsAdded(String admins) {
        ConfigText added = new PluginConfiguration(
                        new ConfigText(admins), List.of(), new EnrolmentLines("admin@example.net", ""))
                .added();
        assertThat(ConfigValues.of(added)).containsEntry("admins", List.of("admin@example.net"));
    }

    @Test
    void administratorsThatAreNoListAreLeftToThePerson() {
        ConfigText config = new ConfigText("admins = 'admin@example.net'\n");
        EnrolmentLines lines = new EnrolmentLines("other@example.net", "");
        assertThatThrownBy(() -> new PluginConfiguration(config, List.of(), lines))
                .hasMessageContaining("'admins' is no list of accounts");
    }
}
