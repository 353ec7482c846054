// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import java.util.List;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.settings.SettingPlace;
import org.devstate.core.settings.Settings;
import org.devstate.tigase.settings.PluginSettings;
import org.devstate.tigase.settings.ServerAddress;
import org.devstate.tigase.settings.SettingsReader;
import org.devstate.tigase.settings.VirtualHosts;
import tigase.kernel.beans.config.ConfigField;
import tigase.pubsub.PubSubComponent;

/**
 * Tigase's PubSub component with the settings of the plugin: fields, which Tigase fills in from its configuration, and their meaning.
 * Tigase changes the fields one by one, so callers take {@link #readSettings} when all are set.
 *
 * <p>Numbers are strings here. If a field is a number and the configuration has something else, Tigase logs a stack trace and starts
 * without PubSub. Tigase takes any string, and so the error is reported with all others.
 */
abstract class ConfiguredPubSub extends PubSubComponent {

    @ConfigField(
            desc =
                    "The accounts of Asterisk servers that are admitted. No other account can publish, subscribe or read. "
                            + "Values: globs over bare addresses: * is any characters, ? is one. Default: none.",
            alias = "asterisk-accounts")
    private String[] asteriskAccounts = {};

    @ConfigField(
            desc =
                    "Sites, each with its servers and rules, in place of the accounts, grace and offline-state given here. "
                            + "Values: lines as in sites.policy. Default: none.",
            alias = "policy")
    private String[] policyLines = {};

    @ConfigField(
            desc =
                    "Grace period: how long the device states of a server that has gone stay as they are. Values: 0 to 86400 "
                            + "seconds. Default: 30.",
            alias = "grace")
    private String grace = Settings.GRACE.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc = "Offline state: what they become then; keep leaves them as they are. Mailboxes always stay. Values: "
                    + "UNAVAILABLE, UNKNOWN, INVALID, keep. Default: UNAVAILABLE.",
            alias = "offline-state")
    private String offlineState = Settings.OFFLINE_STATE.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc =
                    "Devices and mailboxes that one account may have; those of EIDs that have gone make room for new ones. "
                            + "Values: 1 to 10000000. Default: 100000.",
            alias = "entries-per-account")
    private String entriesPerAccount = Settings.ENTRIES_PER_ACCOUNT.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc =
                    "EIDs that one account may have used. An Asterisk without entityid in its asterisk.conf may have another "
                            + "one after each start. Values: 1 to 100000. Default: 1000.",
            alias = "eids-per-account")
    private String eidsPerAccount = Settings.EIDS_PER_ACCOUNT.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc =
                    "Subscriptions that all sessions of one account may have together; an Asterisk has two. Values: 2 to "
                            + "10000. Default: 1000.",
            alias = "subscriptions-per-account")
    private String subscriptionsPerAccount =
            Settings.SUBSCRIPTIONS_PER_ACCOUNT.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc =
                    "Characters that a request may have: names, attributes and texts. Values: 2000 to 1000000. Default: 16384.",
            alias = "stanza-characters")
    private String stanzaCharacters = Settings.STANZA_CHARACTERS.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc =
                    "Entries a second that are sent to all new subscribers together, so that many that come back at once are "
                            + "served one after another. Changes do not wait for it. Values: 100 to 1000000. Default: 500000.",
            alias = "snapshot-rate")
    private String snapshotRate = Settings.SNAPSHOT_RATE.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc =
                    "Where the Asterisk of a new server finds the XMPP server. If there is none, it is the domain of the "
                            + "account. Values: a name such as xmpp.example.net. Default: none.",
            alias = "asterisk-server-host")
    private String asteriskServerHost = "";

    @ConfigField(
            desc = "The port there on which the XMPP server accepts clients. Values: 1 to 65535. Default: 5222.",
            alias = "asterisk-server-port")
    private String asteriskServerPort = Settings.ENROLMENT_PORT.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc =
                    "How long a change may wait until it is written, together with others; a crash may lose that much. A "
                            + "database that was down is tried again as soon. It is read at start-up only. Values: 10 to 3600000 "
                            + "milliseconds. Default: 1000.",
            alias = "store-interval")
    private String storeInterval = Settings.WRITE_INTERVAL.type().fallback(SettingPlace.PLUGIN);

    @ConfigField(
            desc = "Whether users may have other PubSub nodes in cluster mode. Tigase caches these on each node "
                    + "and passes no change on to the others: subscribers can miss items, or receive some after they "
                    + "unsubscribed. Values: no, yes. Default: no.",
            alias = "ordinary-nodes-in-cluster")
    private String ordinaryNodesInCluster =
            Settings.ORDINARY_NODES_IN_CLUSTER.type().fallback(SettingPlace.PLUGIN);

    /** What the fields mean now, or everything that is wrong with them. */
    PluginSettings.SettingsResult readSettings() {
        SettingsReader reader = new SettingsReader();
        Policy policy = readPolicy(reader);
        Limits limits = new Limits(
                reader.number(Settings.ENTRIES_PER_ACCOUNT, entriesPerAccount),
                reader.number(Settings.EIDS_PER_ACCOUNT, eidsPerAccount),
                reader.number(Settings.SUBSCRIPTIONS_PER_ACCOUNT, subscriptionsPerAccount),
                reader.number(Settings.STANZA_CHARACTERS, stanzaCharacters),
                reader.number(Settings.SNAPSHOT_RATE, snapshotRate));
        long interval = reader.time(Settings.WRITE_INTERVAL, storeInterval);
        ServerAddress address = new ServerAddress(
                reader.text(Settings.ENROLMENT_HOST, asteriskServerHost),
                reader.number(Settings.ENROLMENT_PORT, asteriskServerPort));
        boolean ordinaryNodes = reader.choice(Settings.ORDINARY_NODES_IN_CLUSTER, ordinaryNodesInCluster)
                .equals("yes");
        List<String> wrong = reader.wrong();
        return wrong.isEmpty()
                ? new PluginSettings.SettingsResult.ValidSettings(
                        new PluginSettings(policy, VirtualHosts.ALIKE, limits, interval, address, ordinaryNodes))
                : new PluginSettings.SettingsResult.InvalidSettings(wrong);
    }

    private Policy readPolicy(SettingsReader reader) {
        AccountGlobs accounts = reader.accounts(asteriskAccounts);
        LeaseTerms terms = LeaseTerms.DEFAULT
                .withGraceMs(reader.time(Settings.GRACE, grace))
                .withOfflineState(reader.choice(Settings.OFFLINE_STATE, offlineState));
        if (policyLines.length == 0) {
            return Policy.ofOneSite(accounts, terms);
        }
        if (!accounts.isEmpty()) {
            reader.add("pubsub: give either 'asterisk-accounts' or 'policy', not both");
        }
        PolicyParser.ParseResult read = PolicyParser.parse(String.join("\n", policyLines));
        if (read instanceof PolicyParser.ParseResult.InvalidPolicy faulty) {
            faulty.faults().forEach(fault -> reader.add("pubsub 'policy': " + fault));
        }
        return read instanceof PolicyParser.ParseResult.Read right ? right.policy() : Policy.CLOSED;
    }
}
