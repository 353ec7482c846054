// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.settings;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.settings.SettingType.Choice;
import org.devstate.core.settings.SettingType.Numbers;
import org.devstate.core.settings.SettingType.Text;
import org.devstate.core.settings.SettingType.Texts;
import org.devstate.core.settings.SettingType.Times;

/** All settings of the hosts and of a site, in the order in which users read them. Stateless. */
public final class Settings {

    private static final String REQUIRED = "";
    private static final String NONE = "none";
    private static final String HOST_NAME = "[A-Za-z0-9.:-]*";
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    public static final Setting<Text> ADDRESS = new Setting<>(
            SettingKeys.ofComponent("component.address"),
            new Text("a domain such as devstate.example.net", "[^@/\\s]*", REQUIRED),
            "The service's own address, which is the pubsub_node of every Asterisk's xmpp.conf.");

    public static final Setting<Text> SECRET = new Setting<>(
            SettingKeys.ofComponent("component.secret"),
            Text.of("a text", NONE),
            "The secret that the XMPP server has for this component. Either this or component.secret-file is required.");

    public static final Setting<Text> SECRET_FILE = new Setting<>(
            SettingKeys.ofComponent("component.secret-file"),
            Text.of("a file, relative to the configuration", NONE),
            "The file that holds the secret and nothing else.");

    public static final Setting<Text> SERVER_HOST = new Setting<>(
            SettingKeys.ofComponent("server.host"),
            Text.of("a name or address", REQUIRED),
            "The XMPP server. XEP-0114 is not encrypted: keep the server on this machine or on a network you trust.");

    public static final Setting<Numbers> SERVER_PORT = new Setting<>(
            SettingKeys.ofComponent("server.port"),
            new Numbers(1, 65_535, 5347),
            "The port on which the XMPP server accepts components.");

    public static final Setting<Times> CONNECT_TIMEOUT = new Setting<>(
            SettingKeys.ofComponent("server.connect-timeout"),
            new Times(100, DAY, 5_000, MILLISECONDS),
            "How long one attempt to connect may take.");

    public static final Setting<Times> FIRST_CONNECT_TIMEOUT = new Setting<>(
            SettingKeys.ofComponent("server.first-connect-timeout"),
            new Times(0, DAY, -1, MILLISECONDS),
            "How long to try to connect at start-up before the component ends with status 1; 0s is one attempt. Without it, the"
                    + " component may be started before its XMPP server and waits for it.");

    public static final Setting<Times> RECONNECT_MIN = new Setting<>(
            SettingKeys.ofComponent("server.reconnect-min"),
            new Times(10, DAY, 100, MILLISECONDS),
            "The pause between two attempts to connect in the first minute; then it doubles each time. Keep it short: an Asterisk"
                    + " that is back before the component has its subscription rejected, and does not subscribe again.");

    public static final Setting<Times> RECONNECT_MAX = new Setting<>(
            SettingKeys.ofComponent("server.reconnect-max"),
            new Times(10, DAY, 5_000, MILLISECONDS),
            "The longest pause between two attempts to connect; not less than server.reconnect-min.");

    public static final Setting<Texts> ACCOUNTS = new Setting<>(
            SettingKeys.ofHosts("accounts", "asterisk-accounts"),
            new Texts("globs over bare addresses: * is any characters, ? is one"),
            "The accounts of Asterisk servers that are admitted. No other account can publish, subscribe or read.");

    public static final Setting<Texts> POLICY = new Setting<>(
            SettingKeys.ofHosts("policy", "policy"),
            new Texts("lines as in sites.policy"),
            "Sites, each with its servers and rules, in place of the accounts, grace and offline-state given here.");

    public static final Setting<Texts> POLICIES = new Setting<>(
            SettingKeys.ofPlugin("policies"),
            new Texts("for each address, lines as in sites.policy"),
            "Sites of single services, by their addresses, in place of those for all. Each virtual host has a service of its own, at"
                    + " 'pubsub.' and its name.");

    public static final Setting<Texts> SHARED_SERVICES = new Setting<>(
            SettingKeys.ofPlugin("shared-services"),
            new Texts("addresses of services, two or more"),
            "Addresses that are one service, so that servers of several domains share their states. State is stored under the first"
                    + " address. It is read at start-up only.");

    public static final Setting<Texts> ADMINISTRATORS = new Setting<>(
            SettingKeys.ofComponent("administrators"),
            new Texts("globs over bare addresses"),
            "The accounts that may run the service's commands (ad-hoc commands, XEP-0050). They need not be admitted as servers.");

    public static final Setting<Text> ENROLMENT_DOMAIN = new Setting<>(
            SettingKeys.ofComponent("enrolment.domain"),
            new Text("a name such as example.net", HOST_NAME, NONE),
            "The domain of a new server that is given as pbx1 alone. If there is none, it is component.address without its first"
                    + " label.");

    public static final Setting<Text> ENROLMENT_HOST = new Setting<>(
            SettingKeys.ofHosts("enrolment.server-host", "asterisk-server-host"),
            new Text("a name such as xmpp.example.net", HOST_NAME, NONE),
            "Where the Asterisk of a new server finds the XMPP server. If there is none, it is the domain of the account.");

    public static final Setting<Numbers> ENROLMENT_PORT = new Setting<>(
            SettingKeys.ofHosts("enrolment.server-port", "asterisk-server-port"),
            new Numbers(1, 65_535, 5222),
            "The port there on which the XMPP server accepts clients.");

    public static final Setting<Times> PROBE_INTERVAL = new Setting<>(
            SettingKeys.ofComponent("probe-interval"),
            new Times(1_000, DAY, 30_000, MILLISECONDS),
            "The interval at which a session that does not share its presence is probed.");

    public static final Setting<Numbers> ENTRIES_PER_ACCOUNT = new Setting<>(
            SettingKeys.ofHosts("limits.entries-per-account", "entries-per-account"),
            new Numbers(1, 10_000_000, 100_000),
            "Devices and mailboxes that one account may have; those of EIDs that have gone make room for new ones.");

    public static final Setting<Numbers> EIDS_PER_ACCOUNT = new Setting<>(
            SettingKeys.ofHosts("limits.eids-per-account", "eids-per-account"),
            new Numbers(1, 100_000, 1_000),
            "EIDs that one account may have used. An Asterisk without entityid in its asterisk.conf may have another one after each"
                    + " start.");

    public static final Setting<Numbers> SUBSCRIPTIONS_PER_ACCOUNT = new Setting<>(
            SettingKeys.ofHosts("limits.subscriptions-per-account", "subscriptions-per-account"),
            new Numbers(2, 10_000, 1_000),
            "Subscriptions that all sessions of one account may have together; an Asterisk has two.");

    public static final Setting<Numbers> STANZA_CHARACTERS = new Setting<>(
            SettingKeys.ofHosts("limits.stanza-characters", "stanza-characters"),
            new Numbers(2_000, 1_000_000, 16_384),
            "Characters that a request may have: names, attributes and texts.");

    public static final Setting<Numbers> SNAPSHOT_RATE = new Setting<>(
            SettingKeys.ofHosts("limits.snapshot-rate", "snapshot-rate"),
            new Numbers(100, 1_000_000, 500_000),
            "Entries a second that are sent to all new subscribers together, so that many that come back at once are served one after"
                    + " another. Changes do not wait for it.");

    public static final Setting<Text> STORE_URL = new Setting<>(
            SettingKeys.ofComponent("store.url"),
            Text.of("jdbc:h2:file:…, jdbc:postgresql:… or none", "jdbc:h2:file:./data/devstate"),
            "The database for what outlives a restart: a file of its own (H2), or PostgreSQL, or none to persist nothing. A path that"
                    + " begins with ./ or ../ is relative to the configuration. If systemd has created a folder for the service"
                    + " (StateDirectory=), the default is devstate in that folder.");

    public static final Setting<Text> STORE_USER = new Setting<>(
            SettingKeys.ofComponent("store.user"), Text.of("a name", "devstate"), "The user of the database.");

    public static final Setting<Text> STORE_PASSWORD_FILE = new Setting<>(
            SettingKeys.ofComponent("store.password-file"),
            Text.of("a file, relative to the configuration", NONE),
            "The file that holds the password of that user and nothing else. A file of H2 is made for the user and password that it is"
                    + " opened with first.");

    public static final Setting<Times> WRITE_INTERVAL = new Setting<>(
            SettingKeys.ofHosts("store.write-interval", "store-interval"),
            new Times(10, HOUR, 1_000, MILLISECONDS),
            "How long a change may wait until it is written, together with others; a crash may lose that much. A database that was down"
                    + " is tried again as soon. It is read at start-up only.");

    public static final Setting<Choice> ORDINARY_NODES_IN_CLUSTER = new Setting<>(
            SettingKeys.ofPlugin("ordinary-nodes-in-cluster"),
            new Choice(List.of("no", "yes"), "no"),
            "Whether users may have other PubSub nodes in cluster mode. Tigase caches these on each node and"
                    + " passes no change on to the others: subscribers can miss items, or receive some after they unsubscribed.");

    public static final Setting<Texts> SITE_SERVERS = new Setting<>(
            SettingKeys.ofSite("servers"),
            new Texts("globs over bare addresses: * is any characters, ? is one"),
            "The accounts of its servers. An account belongs to the first site that names it; an account in no site is not admitted.");

    public static final Setting<Text> SITE_EIDS = new Setting<>(
            SettingKeys.ofSite("eids"),
            Text.of("first-use, any or a list of EIDs", "first-use"),
            "The EIDs that its servers may use. With first-use, an EID belongs to the first account that uses it; with any, to no"
                    + " account; no other site may use the EIDs of a list.");

    public static final Setting<Times> SITE_WINDOW = new Setting<>(
            SettingKeys.ofSite("window"),
            new Times(0, 60_000, 100, MILLISECONDS),
            "Changes of one device within this time are coalesced: only the latest is sent. If the device was free between two states"
                    + " that occupy it, the state that freed it is sent first, and the latest one window later. 0 sends each.");

    public static final Setting<Numbers> SITE_RATE = new Setting<>(
            SettingKeys.ofSite("rate"),
            new Numbers(0, 1_000_000, 0),
            "Notifications a second that each of its servers receives at most; 0 sets no limit. Changes that wait for it are coalesced in"
                    + " the same way.");

    public static final Setting<Times> GRACE = new Setting<>(
            new SettingKeys("grace", "grace", "grace"),
            new Times(0, DAY, 30_000, SECONDS),
            "Grace period: how long the device states of a server that has gone stay as they are.");

    public static final Setting<Choice> OFFLINE_STATE = new Setting<>(
            new SettingKeys("offline-state", "offline-state", "offline-state"),
            new Choice(List.of("UNAVAILABLE", "UNKNOWN", "INVALID", "keep"), "UNAVAILABLE"),
            "Offline state: what they become then; keep leaves them as they are. Mailboxes always stay.");

    public static final Setting<Numbers> SITE_ENTRIES = new Setting<>(
            SettingKeys.ofSite("entries"),
            new Numbers(1, 10_000_000, 100_000),
            "Devices and mailboxes that its servers may have together. One account has at most nine times the room that is left, unless"
                    + " it is the only account of the site.");

    public static final Setting<Choice> SITE_SUSPENDED = new Setting<>(
            SettingKeys.ofSite("suspended"),
            new Choice(List.of("no", "yes", "completely"), "no"),
            "With yes, the site exchanges no state with any other, while its own servers still do with each other; with completely,"
                    + " they do not, either.");

    public static final Setting<Texts> SITE_PUBLISH = new Setting<>(
            SettingKeys.ofSite("publish"),
            new Texts("rules, one a line"),
            "What is done with what its servers publish. The first rule that matches decides; if none matches, it is denied.");

    public static final Setting<Texts> SITE_RECEIVE = new Setting<>(
            SettingKeys.ofSite("receive"),
            new Texts("rules, one a line"),
            "What its servers receive, by the site that published it. The first rule that matches decides; if none matches, it is"
                    + " denied.");

    public static final List<Setting<?>> ALL = List.of(
            ADDRESS,
            SECRET,
            SECRET_FILE,
            SERVER_HOST,
            SERVER_PORT,
            CONNECT_TIMEOUT,
            FIRST_CONNECT_TIMEOUT,
            RECONNECT_MIN,
            RECONNECT_MAX,
            ACCOUNTS,
            POLICY,
            POLICIES,
            SHARED_SERVICES,
            ADMINISTRATORS,
            ENROLMENT_DOMAIN,
            ENROLMENT_HOST,
            ENROLMENT_PORT,
            SITE_SERVERS,
            SITE_EIDS,
            SITE_WINDOW,
            SITE_RATE,
            GRACE,
            OFFLINE_STATE,
            PROBE_INTERVAL,
            ENTRIES_PER_ACCOUNT,
            EIDS_PER_ACCOUNT,
            SUBSCRIPTIONS_PER_ACCOUNT,
            STANZA_CHARACTERS,
            SNAPSHOT_RATE,
            STORE_URL,
            STORE_USER,
            STORE_PASSWORD_FILE,
            WRITE_INTERVAL,
            ORDINARY_NODES_IN_CLUSTER,
            SITE_ENTRIES,
            SITE_SUSPENDED,
            SITE_PUBLISH,
            SITE_RECEIVE);

    private Settings() {}

    /** Returns the keys of all settings that a place has, in their order. */
    public static List<String> keys(SettingPlace place) {
        return in(place).map(setting -> setting.key(place)).toList();
    }

    public static Stream<Setting<?>> in(SettingPlace place) {
        return ALL.stream().filter(setting -> setting.isIn(place));
    }
}
