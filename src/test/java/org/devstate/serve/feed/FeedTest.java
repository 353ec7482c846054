// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.serve.feed.FeedFixture.entry;

import java.util.List;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedEvent.FiguresRead;
import org.devstate.serve.feed.FeedEvent.MirrorRenewed;
import org.devstate.serve.feed.FeedEvent.RejectionSeen;
import org.devstate.serve.feed.FeedEvent.StatusChanged;
import org.junit.jupiter.api.Test;

final class FeedTest {

    private final FeedFixture fixture = new FeedFixture();
    private final Feed feed = fixture.feed;

    private List<FeedEvent> events() {
        return feed.log().after(0, 1_000).events();
    }

    private static Table rejections(String... reasons) {
        Table.TableBuilder table = Table.of().time("time").text("from", "node", "reason");
        for (String reason : reasons) {
            table.row("2026-11-29T08:00:00.000Z", "pbx@paris.example/x", "device_state", reason);
        }
        return table.build();
    }

    @Test
    void aFeedIsNotConnectedBeforeItsCopyIsComplete() {
        assertThat(feed.status().isConnected()).isFalse();
        assertThat(feed.isComplete()).isFalse();
        fixture.reads(entry("SIP/1", "INUSE"));
        assertThat(feed.status().isConnected()).isTrue();
        assertThat(feed.isComplete()).isTrue();
        assertThat(events()).hasExactlyElementsOfTypes(MirrorRenewed.class, StatusChanged.class);
    }

    @Test
    void aBreakIsReportedOnceAndItsEndToo() {
        fixture.reads().disconnects("gone").disconnects("gone").changes(entry("SIP/1", "BUSY"));
        assertThat(events())
                .filteredOn(StatusChanged.class::isInstance)
                .extracting(event -> ((StatusChanged) event).status().isConnected())
                .containsExactly(true, false, true);
        assertThat(feed.status().reason()).isEmpty();
    }

    @Test
    void aChangeHasThePlaceAfterIt() {
        fixture.reads().changes(entry("SIP/1", "BUSY"), entry("SIP/1", "INUSE"));
        assertThat(events())
                .filteredOn(EntryChanged.class::isInstance)
                .extracting(event -> ((EntryChanged) event).next())
                .containsExactly("7-1", "7-2");
        assertThat(feed.snapshot().next()).isEqualTo("7-2");
        assertThat(feed.recent()).hasSize(2);
    }

    @Test
    void lostChangesBeginAnew() {
        fixture.reads().changes(entry("SIP/1", "BUSY"));
        assertThat(feed.apply(new ChangePage(List.of(), "8-0", true, true))).isTrue();
        fixture.restarts(entry("SIP/1", "INUSE"));
        assertThat(events().get(events().size() - 1)).isEqualTo(new MirrorRenewed("71-0"));
        assertThat(feed.recent()).isEmpty();
    }

    @Test
    void tablesAreEventsIfTheyDiffer() {
        fixture.reads().sites("paris").sites("paris").sites("paris", "berlin");
        assertThat(events())
                .filteredOn(FiguresRead.class::isInstance)
                .extracting(event -> ((FiguresRead) event).kind())
                .containsExactly(FigureKind.SITES, FigureKind.SERVERS, FigureKind.SITES, FigureKind.SERVERS);
    }

    @Test
    void eachRejectionIsOneEvent() {
        fixture.figures(FigureKind.REJECTIONS, rejections("old"))
                .figures(FigureKind.REJECTIONS, rejections("old", "new"))
                .figures(FigureKind.REJECTIONS, rejections("new", "newer"));
        assertThat(events())
                .filteredOn(RejectionSeen.class::isInstance)
                .extracting(event -> ((RejectionSeen) event).row().rows().get(0).get(3))
                .containsExactly("old", "new", "newer");
    }
}
