package org.devstate.tigase;

import java.util.List;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.store.WriteInterval;
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
            desc = "Accounts of Asterisk servers that are admitted, as globs such as 'pbx*@example.net'; default: none",
            alias = "asterisk-accounts")
    private String[] asteriskAccounts = {};

    @ConfigField(
            desc =
                    "Sites and their rules, a line each, in the place of asterisk-accounts, grace and offline-state; default: none",
            alias = "policy")
    private String[] policyLines = {};

    @ConfigField(
            desc = "Seconds that the states of a server that is gone stay as they are, 0 to 86400; default: 30",
            alias = "grace")
    private String grace = String.valueOf(LeaseTerms.DEFAULT.graceMs() / 1000);

    @ConfigField(
            desc = "What the states of a server that is gone become: UNAVAILABLE, UNKNOWN, INVALID or keep;"
                    + " default: UNAVAILABLE",
            alias = "offline-state")
    private String offlineState = "UNAVAILABLE";

    @ConfigField(
            desc = "Devices and mailboxes that one account may have, 1 to 10000000; default: 100000",
            alias = "entries-per-account")
    private String entriesPerAccount = String.valueOf(Limits.DEFAULT.entriesPerAccount());

    @ConfigField(desc = "EIDs that one account may have used, 1 to 100000; default: 1000", alias = "eids-per-account")
    private String eidsPerAccount = String.valueOf(Limits.DEFAULT.eidsPerAccount());

    @ConfigField(
            desc = "Subscriptions that the sessions of one account may have together, 2 to 10000; default: 1000",
            alias = "subscriptions-per-account")
    private String subscriptionsPerAccount = String.valueOf(Limits.DEFAULT.subscriptionsPerAccount());

    @ConfigField(
            desc = "Characters that a request about our nodes may have, 2000 to 1000000; default: 16384",
            alias = "stanza-characters")
    private String stanzaCharacters = String.valueOf(Limits.DEFAULT.stanzaCharacters());

    @ConfigField(
            desc = "Entries a second that are sent to all new subscribers together, 100 to 1000000; default: 100000",
            alias = "snapshot-rate")
    private String snapshotRate = String.valueOf(Limits.DEFAULT.snapshotRate());

    @ConfigField(
            desc =
                    "Name or address at which a new server's Asterisk finds this server; default: the domain of its account",
            alias = "asterisk-server-host")
    private String asteriskServerHost = "";

    @ConfigField(desc = "The port there, 1 to 65535; default: 5222", alias = "asterisk-server-port")
    private String asteriskServerPort = String.valueOf(ServerAddress.DEFAULT.port());

    @ConfigField(
            desc = "Milliseconds that a change may wait until it is in the database, which is what a crash may lose;"
                    + " 10 to 3600000; counts from the next start; default: 1000",
            alias = "store-interval")
    private String storeInterval = String.valueOf(WriteInterval.DEFAULT_MS);

    /** Returns the settings that the fields describe, or all their errors. */
    PluginSettings.Reading readSettings() {
        SettingsReader reader = new SettingsReader();
        Policy policy = readPolicy(reader);
        Limits limits = readLimits(reader);
        long interval = WriteInterval.DEFAULT_MS;
        interval = reader.number("store-interval", storeInterval, interval, (old, ms) -> WriteInterval.check(ms));
        ServerAddress address = ServerAddress.DEFAULT;
        address = reader.take("asterisk-server-host", address, old -> old.withHost(asteriskServerHost));
        address = reader.number("asterisk-server-port", asteriskServerPort, address, ServerAddress::withPort);
        List<String> wrong = reader.wrong();
        return wrong.isEmpty()
                ? new PluginSettings.Reading.Right(
                        new PluginSettings(policy, VirtualHosts.ALIKE, limits, interval, address))
                : new PluginSettings.Reading.Wrong(wrong);
    }

    private Limits readLimits(SettingsReader reader) {
        Limits limits = Limits.DEFAULT;
        limits = reader.integer("entries-per-account", entriesPerAccount, limits, Limits::withEntriesPerAccount);
        limits = reader.integer("eids-per-account", eidsPerAccount, limits, Limits::withEidsPerAccount);
        limits = reader.integer(
                "subscriptions-per-account", subscriptionsPerAccount, limits, Limits::withSubscriptionsPerAccount);
        limits = reader.integer("stanza-characters", stanzaCharacters, limits, Limits::withStanzaCharacters);
        return reader.integer("snapshot-rate", snapshotRate, limits, Limits::withSnapshotRate);
    }

    private Policy readPolicy(SettingsReader reader) {
        AccountGlobs none = AccountGlobs.of(List.of());
        AccountGlobs accounts =
                reader.take("asterisk-accounts", none, old -> AccountGlobs.of(List.of(asteriskAccounts)));
        LeaseTerms terms = LeaseTerms.DEFAULT;
        terms = reader.number("grace", grace, terms, (old, seconds) -> old.withGraceMs(seconds * 1000));
        terms = reader.take("offline-state", terms, old -> old.withOfflineState(offlineState));
        if (policyLines.length == 0) {
            return Policy.ofOneSite(accounts, terms);
        }
        if (!accounts.isEmpty()) {
            reader.add("pubsub: give either 'asterisk-accounts' or 'policy', not both");
        }
        PolicyParser.Result read = PolicyParser.parse(String.join("\n", policyLines));
        if (read instanceof PolicyParser.Result.Wrong faulty) {
            faulty.faults().forEach(fault -> reader.add("pubsub 'policy': " + fault));
        }
        return read instanceof PolicyParser.Result.Read right ? right.policy() : Policy.CLOSED;
    }
}
