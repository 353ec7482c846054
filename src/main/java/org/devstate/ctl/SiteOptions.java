package org.devstate.ctl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a site has. Which values are right, and what holds where nothing is given, the service decides. */
final class SiteOptions {

    @Option(
            names = "--server",
            paramLabel = "GLOB",
            description = "Accounts that are in it, as pbx1@example.net or pbx*@paris.example.net; may be repeated."
                    + " Default: none; add-server adds them.")
    private @Nullable List<String> servers;

    @Option(
            names = "--eids",
            paramLabel = "RULE",
            description = "Which EIDs its servers may use: first-use (each is the account's that uses it first),"
                    + " any, or a list of them. Default: first-use.")
    private @Nullable String eids;

    @Option(
            names = "--window",
            paramLabel = "MS",
            description = "How long changes of one device are gathered before its servers are told again, in ms;"
                    + " 0: not at all. Default: 100.")
    private @Nullable String window;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Most notifications a second to each of its servers; 0: no limit. Default: 0.")
    private @Nullable String rate;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "How long the states of a server that is gone stay as they are, in s. Default: 30.")
    private @Nullable String grace;

    @Option(
            names = "--gone",
            paramLabel = "STATE",
            description = "What they become then: UNAVAILABLE, UNKNOWN, INVALID, or keep. Default: UNAVAILABLE.")
    private @Nullable String gone;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "How many devices and mailboxes it may tell of. Default: 100000.")
    private @Nullable String entries;

    @Option(
            names = "--publish",
            paramLabel = "RULE",
            description =
                    "What is done with what its servers publish, such as 'allow device PJSIP/2*', 'deny mailbox *@private',"
                            + " 'drop device MulticastRTP/*' (neither stored nor counted) or 'cachable device DAHDI/*' (stored even"
                            + " if non-cachable); repeated: a list, of which the first that matches decides."
                            + " Default: drop device MWI:*, drop device XMPP/*, allow *")
    private @Nullable List<String> publish;

    @Option(
            names = "--receive",
            paramLabel = "RULE",
            description =
                    "What it hears of others, such as 'deny berlin device *'; repeated: a list. Default: allow * *")
    private @Nullable List<String> receive;

    /** What was given, by the names of the fields. An empty one makes a list empty. */
    Map<String, List<String>> given() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        put(given, "servers", servers);
        put(given, "eids", single(eids));
        put(given, "window", single(window));
        put(given, "rate", single(rate));
        put(given, "grace", single(grace));
        put(given, "gone", single(gone));
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
