// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.List;
import org.devstate.core.admin.operations.History;
import org.devstate.core.model.Jid;
import org.devstate.core.operatorlog.RejectionAdvice;
import org.devstate.core.operatorlog.RejectionRecorder;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Site;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.RejectionHistory;
import org.devstate.core.stats.RejectionHistory.RejectedItem;

/** The history, as administrators see it. Thread-safe. */
public final class ServiceHistory implements History {

    private final ActivePolicy activePolicy;
    private final ChangeRing changeRing;
    private final RejectionRecorder rejections;
    private final ServiceMetrics metrics;
    private final long run;

    /** @param clock for the number of this run of the service */
    public ServiceHistory(
            ActivePolicy activePolicy,
            ChangeRing changeRing,
            RejectionRecorder rejections,
            ServiceMetrics metrics,
            Clock clock) {
        this.activePolicy = activePolicy;
        this.changeRing = changeRing;
        this.rejections = rejections;
        this.metrics = metrics;
        this.run = clock.wallMs();
    }

    @Override
    public List<RejectionHistory.Rejection> rejections() {
        return rejections.history().recent();
    }

    @Override
    public void rejected(Jid from, String node, String reason) {
        metrics.status().counters().count(Counter.COMMANDS_FORBIDDEN);
        StanzaError error = new StanzaError(StanzaError.Condition.FORBIDDEN, RejectionAdvice.COMMAND, reason);
        rejections.rejected(from, node, RejectedItem.NONE, error, reason);
    }

    @Override
    public List<Count> counts() {
        return metrics.status().counts();
    }

    @Override
    public List<Metric> metrics() {
        return metrics.all();
    }

    @Override
    public long run() {
        return run;
    }

    @Override
    public long next() {
        return changeRing.next();
    }

    @Override
    public Past changesFrom(long number) {
        ChangeRing.ChangeBatch part = changeRing.from(number);
        CompiledPolicy compiled = activePolicy.now();
        return new Past(
                part.changes().stream()
                        .map(change -> happened(change, compiled))
                        .toList(),
                part.lost(),
                part.next());
    }

    @Override
    public boolean hold(HeldRequest request, long waitMs) {
        return metrics.holder().hold(request, waitMs);
    }

    private static Happened happened(ChangeRing.Numbered change, CompiledPolicy compiled) {
        Site site = compiled.siteOf(change.notification().publisher());
        return new Happened(
                change.number(),
                change.notification(),
                change.effect(),
                change.atMs(),
                site == null ? "" : site.name());
    }
}
