// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.devstate.bench.servers.ComponentOnProsody;
import org.devstate.bench.servers.Contestant;
import org.devstate.bench.servers.Corosync;
import org.devstate.bench.servers.PluginInTigase;
import org.devstate.bench.servers.StockProsody;
import org.devstate.bench.servers.StockTigase;
import org.devstate.bench.servers.TigaseNodes;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.cluster.CorosyncGroup;
import org.devstate.testbed.cluster.TigaseCluster;
import org.jspecify.annotations.Nullable;

/**
 * The servers that there are on this machine.
 *
 * @param before an older version of the plugin to measure in the place of the stock Tigase; {@code null} for none
 * @param withAsterisk whether real Asterisk servers share states, which corosync can stand beside
 */
record Matches(Path folder, Path componentJar, @Nullable Path before, List<String> users, boolean withAsterisk) {

    /** Those of that letter, or all; prints a reason if one cannot run. */
    List<Match> of(String letter) {
        List<Match> matches = new ArrayList<>();
        Optional<Path> home = Tigase.home();
        if (withAsterisk) {
            whyNoCorosync().ifPresent(reason -> System.out.println("NOT RUN: corosync: " + reason));
        }
        if (wants(letter, "a")) {
            home.ifPresentOrElse(
                    found -> matches.add(tigase(found)),
                    () -> System.out.println("NOT MEASURED: Tigase, as there is none here; set TIGASE_HOME"));
        }
        if (wants(letter, "b")) {
            matches.add(prosody(Testbed.find()));
        }
        if (wants(letter, "c") && home.isPresent()) {
            TigaseCluster.whyNot()
                    .ifPresentOrElse(
                            reason -> System.out.println("NOT MEASURED: a cluster: " + reason),
                            () -> matches.add(cluster(home.orElseThrow())));
        }
        return matches;
    }

    private static boolean wants(String letter, String one) {
        return letter.isEmpty() || letter.equals(one);
    }

    private Match cluster(Path home) {
        return new Match(
                "c",
                "Tigase cluster",
                besideCorosync(List.of(
                        () -> TigaseNodes.start(home, folder.resolve("one-node"), 1),
                        () -> TigaseNodes.start(home, folder.resolve("two-nodes"), 2))));
    }

    private Match tigase(Path home) {
        Supplier<Contestant> ours = () -> PluginInTigase.start(home, folder.resolve("plugin"));
        if (before != null) {
            Path jar = before;
            return new Match(
                    "a",
                    "Tigase",
                    besideCorosync(List.of(
                            () -> PluginInTigase.startOther(home, folder.resolve("plugin-before"), jar), ours)));
        }
        return new Match(
                "a",
                "Tigase",
                besideCorosync(List.of(
                        () -> StockTigase.start(home, folder.resolve("stock-tigase"), false),
                        () -> StockTigase.start(home, folder.resolve("keeping-tigase"), true),
                        ours)));
    }

    private Match prosody(Testbed testbed) {
        return new Match(
                "b",
                "Prosody",
                besideCorosync(List.of(
                        () -> StockProsody.start(testbed, folder.resolve("stock-prosody"), users),
                        () -> ComponentOnProsody.start(testbed, folder.resolve("component"), componentJar))));
    }

    private static Optional<String> whyNoCorosync() {
        return CorosyncGroup.whyNot(Testbed.find());
    }

    /** Adds corosync before the last one, if it can run. */
    private List<Supplier<Contestant>> besideCorosync(List<Supplier<Contestant>> starters) {
        List<Supplier<Contestant>> all = new ArrayList<>(starters);
        if (withAsterisk && whyNoCorosync().isEmpty()) {
            all.add(all.size() - 1, () -> Corosync.start(Testbed.find(), folder.resolve("corosync")));
        }
        return all;
    }
}
