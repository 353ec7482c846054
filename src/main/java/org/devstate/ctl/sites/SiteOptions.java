// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.sites;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a site. The service decides which values are valid, and the defaults. */
final class SiteOptions {

    /** The grammar of rules and of {@code --eids}, for the end of the help. */
    static final String RULES =
            "%nRules: of each list, the first rule that matches decides; if none matches, it is denied."
                    + " GLOB is a name such as PJSIP/100, in which * stands for any characters, ? for one, and \\* for a star itself."
                    + " SITE is the name of the publishing site, or a glob.%n"
                    + "  --publish 'allow|deny|drop *'%n"
                    + "  --publish 'allow|deny|drop|cachable device GLOB'%n"
                    + "  --publish 'allow|deny|drop mailbox GLOB'%n"
                    + "  --receive 'allow|deny SITE *'%n"
                    + "  --receive 'allow|deny SITE device|mailbox GLOB'%n"
                    + "  deny: stored, but no other server is notified; drop: neither stored nor counted; cachable: stored even if"
                    + " it is published as non-cachable%n"
                    + "%nEIDs:%n"
                    + "  --eids first-use    an EID belongs to the first account that uses it%n"
                    + "  --eids any          every server may use every EID%n"
                    + "  --eids '00:11:22:33:44:5a 00:11:22:33:44:5b'    these EIDs only, each for the first account that uses it%n";

    /** The values of a new site for options that are not given. */
    static final String DEFAULTS =
            "%nDefaults: --eids first-use --window 100 --rate 0 --grace 30 --offline-state UNAVAILABLE"
                    + " --entries 100000%n  --publish 'drop device MWI:*' --publish 'drop device XMPP/*' --publish 'allow *'%n"
                    + "  --receive 'allow * *', and no --server%n";

    @Option(
            names = "--server",
            paramLabel = "GLOB",
            description =
                    "An account, or a glob over accounts, that the site admits: pbx1@example.net, pbx*@paris.example.net; may be"
                            + " repeated. add-server adds accounts one by one.")
    private @Nullable List<String> servers;

    @Option(names = "--eids", paramLabel = "RULE", description = "Which EIDs its servers may use; see below.")
    private @Nullable String eids;

    @Option(
            names = "--window",
            paramLabel = "MS",
            description =
                    "Changes of one device within so many ms are coalesced: its servers receive the latest value only,"
                            + " after the state that freed the device, if it was free between; 0 turns that off.")
    private @Nullable String window;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Notifications a second that each of its servers receives at most; 0: no limit.")
    private @Nullable String rate;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "How long the device states of a server that has gone stay as they are, in s (grace period).")
    private @Nullable String grace;

    @Option(
            names = "--offline-state",
            paramLabel = "STATE",
            description = "What they become afterwards (offline state): UNAVAILABLE, UNKNOWN, INVALID, or keep.")
    private @Nullable String offlineState;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "How many devices and mailboxes its servers may publish together.")
    private @Nullable String entries;

    @Option(names = "--publish", paramLabel = "RULE", description = "Publish rule; may be repeated. See below.")
    private @Nullable List<String> publish;

    @Option(names = "--receive", paramLabel = "RULE", description = "Receive rule; may be repeated. See below.")
    private @Nullable List<String> receive;

    /** The given options, by the names of the fields. An empty one makes a list empty. */
    Map<String, List<String>> given() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        put(given, "servers", servers);
        put(given, "eids", single(eids));
        put(given, "window", single(window));
        put(given, "rate", single(rate));
        put(given, "grace", single(grace));
        put(given, "offline-state", single(offlineState));
        put(given, "entries", single(entries));
        put(given, "publish", publish);
        put(given, "receive", receive);
        return given;
    }

    private static @Nullable List<String> single(@Nullable String value) {
        return value == null ? null : List.of(value);
    }

    private static void put(Map<String, List<String>> given, String field, @Nullable List<String> lines) {
        if (lines != null) {
            given.put(field, lines.stream().filter(line -> !line.isBlank()).toList());
        }
    }
}
