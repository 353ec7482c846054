package org.devstate.tigase;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.devstate.core.access.AccountGlobs;
import org.devstate.core.access.Policy;
import org.devstate.core.access.PolicyParser;
import org.devstate.core.admin.Enrolment;
import org.devstate.core.limits.Limits;
import org.devstate.core.liveness.LeaseTerms;
import org.devstate.core.store.WriteInterval;
import tigase.kernel.beans.config.ConfigField;
import tigase.pubsub.PubSubComponent;

/**
 * Tigase's PubSub component with the settings of the plugin: fields, as Tigase fills them in from its configuration, and what they
 * mean. Tigase changes the fields as it likes; whoever goes by them takes {@link #readSettings} at a time when all are set.
 */
abstract class ConfiguredPubSub extends PubSubComponent {

    @ConfigField(
            desc = "Accounts of Asterisk servers that are let in, as globs such as 'pbx*@example.net'; none when empty",
            alias = "asterisk-accounts")
    private String[] asteriskAccounts = {};

    @ConfigField(
            desc = "Sites and their rules, a line each, in the place of asterisk-accounts, grace and gone-state",
            alias = "policy")
    private String[] policyLines = {};

    @ConfigField(desc = "Seconds that the states of a server that is gone stay as they are", alias = "grace")
    private long grace = LeaseTerms.DEFAULT.graceMs() / 1000;

    @ConfigField(
            desc = "What the states of a server that is gone become: UNAVAILABLE, UNKNOWN, INVALID or keep",
            alias = "gone-state")
    private String goneState = "UNAVAILABLE";

    @ConfigField(desc = "Devices and mailboxes that one account may have told of", alias = "entries-per-account")
    private int entriesPerAccount = Limits.DEFAULT.entriesPerAccount();

    @ConfigField(desc = "EIDs that one account may have used", alias = "eids-per-account")
    private int eidsPerAccount = Limits.DEFAULT.eidsPerAccount();

    @ConfigField(
            desc = "Subscriptions that the sessions of one account may have together",
            alias = "subscriptions-per-account")
    private int subscriptionsPerAccount = Limits.DEFAULT.subscriptionsPerAccount();

    @ConfigField(desc = "Characters that a request about our nodes may have", alias = "stanza-characters")
    private int stanzaCharacters = Limits.DEFAULT.stanzaCharacters();

    @ConfigField(desc = "Entries a second that are sent to all new subscribers together", alias = "snapshot-rate")
    private int snapshotRate = Limits.DEFAULT.snapshotRate();

    @ConfigField(
            desc =
                    "Name or address at which a new server's Asterisk finds this server; the domain of its account when empty",
            alias = "asterisk-server-host")
    private String asteriskServerHost = "";

    @ConfigField(desc = "The port there", alias = "asterisk-server-port")
    private int asteriskServerPort = Enrolment.DEFAULT_PORT;

    @ConfigField(
            desc = "Milliseconds that a change may wait until it is in the database: what a crash may lose",
            alias = "store-interval")
    private long storeInterval = WriteInterval.DEFAULT_MS;

    /** What the fields mean now, or everything that is wrong with them. */
    Settings.Reading readSettings() {
        List<String> wrong = new ArrayList<>();
        Policy policy = readPolicy(wrong);
        Limits limits = readLimits(wrong);
        take("store-interval", storeInterval, WriteInterval::check, wrong);
        return wrong.isEmpty()
                ? new Settings.Reading.Right(
                        new Settings(policy, limits, storeInterval, asteriskServerHost, asteriskServerPort))
                : new Settings.Reading.Wrong(wrong);
    }

    private Limits readLimits(List<String> wrong) {
        Limits limits = Limits.DEFAULT;
        limits = take("entries-per-account", limits, old -> old.withEntriesPerAccount(entriesPerAccount), wrong);
        limits = take("eids-per-account", limits, old -> old.withEidsPerAccount(eidsPerAccount), wrong);
        limits = take(
                "subscriptions-per-account",
                limits,
                old -> old.withSubscriptionsPerAccount(subscriptionsPerAccount),
                wrong);
        limits = take("stanza-characters", limits, old -> old.withStanzaCharacters(stanzaCharacters), wrong);
        limits = take("snapshot-rate", limits, old -> old.withSnapshotRate(snapshotRate), wrong);
        return limits;
    }

    private Policy readPolicy(List<String> wrong) {
        AccountGlobs none = AccountGlobs.of(List.of());
        AccountGlobs accounts =
                take("asterisk-accounts", none, old -> AccountGlobs.of(List.of(asteriskAccounts)), wrong);
        LeaseTerms terms = LeaseTerms.DEFAULT;
        terms = take("grace", terms, old -> old.withGraceMs(Math.multiplyExact(grace, 1000L)), wrong);
        terms = take("gone-state", terms, old -> old.withGoneState(goneState), wrong);
        if (policyLines.length == 0) {
            return Policy.ofOneSite(accounts, terms);
        }
        if (!accounts.isEmpty()) {
            wrong.add("pubsub: give either 'asterisk-accounts' or 'policy', not both");
        }
        PolicyParser.Result read = PolicyParser.parse(String.join("\n", policyLines));
        if (read instanceof PolicyParser.Result.Wrong faulty) {
            faulty.faults().forEach(fault -> wrong.add("pubsub 'policy': " + fault));
        }
        return read instanceof PolicyParser.Result.Read right ? right.policy() : Policy.CLOSED;
    }

    private static <T> T take(String key, T before, UnaryOperator<T> change, List<String> wrong) {
        try {
            return change.apply(before);
        } catch (IllegalArgumentException | ArithmeticException e) {
            wrong.add("pubsub '" + key + "': " + e.getMessage());
            return before;
        }
    }
}
