// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.FeedEvent.FigureKind;

/** A feed that is fed by hand, at the same moment always. */
public final class FeedFixture {

    public static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
    public static final String EID = "02:00:00:00:00:01";

    public final Feed feed = new Feed(() -> NOW);

    private String run = "7";
    private long number;

    /** An entry of paris, or of another site by the name of the server. */
    public static MirroredEntry entry(String id, String value) {
        return entry(id, value, "paris");
    }

    public static MirroredEntry entry(String id, String value, String site) {
        return new MirroredEntry(
                "device_state", id, EID, site, "pbx@" + site + ".example", value, "2026-11-29T07:00:00.000Z");
    }

    /** The service is read as a whole. */
    public FeedFixture reads(MirroredEntry... entries) {
        feed.mirror().begin(next());
        feed.mirror().read(List.of(entries));
        feed.apply(new ChangePage(List.of(), next(), false, true));
        return this;
    }

    /** The service has been restarted, and is read as a whole. */
    public FeedFixture restarts(MirroredEntry... entries) {
        run = run + "1";
        number = 0;
        return reads(entries);
    }

    public FeedFixture changes(MirroredEntry... entries) {
        return applies(Effect.STORED, entries);
    }

    /** One answer with these changes. */
    public FeedFixture applies(Effect effect, MirroredEntry... entries) {
        List<EntryChange> changes = Stream.of(entries)
                .map(entry -> new EntryChange(number++, effect, entry))
                .toList();
        feed.apply(new ChangePage(changes, next(), false, true));
        return this;
    }

    public FeedFixture disconnects(String reason) {
        feed.disconnect(reason);
        return this;
    }

    public FeedFixture figures(FigureKind kind, Table table) {
        feed.read(kind, table);
        return this;
    }

    /** Sites of these names, and a server of each, which is online. */
    public FeedFixture sites(String... names) {
        Table.TableBuilder sites = Table.of("site").number("servers");
        Table.TableBuilder servers = Table.of("account", "site", "state");
        for (String name : names) {
            sites.row(name, 1);
            servers.row("pbx@" + name + ".example", name, "online");
        }
        return figures(FigureKind.SITES, sites.build()).figures(FigureKind.SERVERS, servers.build());
    }

    /** The place in the history after the last change. */
    public String next() {
        return run + "-" + number;
    }
}
