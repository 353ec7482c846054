// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Logs rejections: the first of an account and a reason in full, with the advice; further ones as their number, once a minute, until a
 * minute has gone by without. Of more than {@value #MOST} such at a time, the rest is only counted. Thread-safe.
 */
public final class RejectionLogger {

    /** How many accounts and reasons are distinguished at a time. */
    static final int MOST = 100;

    /** How much of an address is logged, in characters. */
    private static final int MOST_ADDRESS = 200;

    private record RejectionKind(String account, StanzaError.Condition condition, @Nullable String detail) {}

    private final OperatorLogQueue operatorLog;
    private final Scheduler scheduler;
    private final Map<RejectionKind, Long> repeated = new HashMap<>();
    private long ofOthers;
    private boolean scheduled;

    public RejectionLogger(OperatorLogQueue operatorLog, Scheduler scheduler) {
        this.operatorLog = operatorLog;
        this.scheduler = scheduler;
    }

    /** A request was rejected. */
    public void note(Jid from, StanzaError error) {
        note(from, error, error.text());
    }

    /**
     * A request was rejected.
     *
     * @param reason the reason for administrators, in the place of the error's own text
     */
    public void note(Jid from, StanzaError error, String reason) {
        if (!operatorLog.hasLog()) {
            return;
        }
        if (isFirst(new RejectionKind(cut(from.bare()), error.condition(), error.pubsubCondition()))) {
            operatorLog.rejected(
                    cut(from.toString()) + " is rejected (" + error.condition().code() + "): " + reason + ". "
                            + RejectionAdvice.on(error) + "; devstate-rejections shows the last ones");
        }
    }

    private synchronized boolean isFirst(RejectionKind kind) {
        if (!scheduled) {
            scheduled = true;
            scheduler.schedule(this::sumUp, OperatorLogQueue.MINUTE_MS);
        }
        if (!repeated.containsKey(kind) && repeated.size() >= MOST) {
            ofOthers++;
            return false;
        }
        Long before = repeated.get(kind);
        repeated.put(kind, before == null ? 0 : before + 1);
        return before == null;
    }

    /** Also forgets accounts and reasons that were not repeated for a minute. */
    private synchronized void sumUp() {
        Iterator<Map.Entry<RejectionKind, Long>> kinds = repeated.entrySet().iterator();
        while (kinds.hasNext()) {
            Map.Entry<RejectionKind, Long> each = kinds.next();
            if (each.getValue() == 0) {
                kinds.remove();
            } else {
                RejectionKind kind = each.getKey();
                operatorLog.rejected(kind.account + ": \u2026and " + each.getValue() + " more rejected with "
                        + kind.condition.code() + " in the last minute");
                each.setValue(0L);
            }
        }
        if (ofOthers > 0) {
            operatorLog.rejected("\u2026and " + ofOthers + " more rejected of other accounts in the last minute");
            ofOthers = 0;
        }
        scheduled = !repeated.isEmpty();
        if (scheduled) {
            scheduler.schedule(this::sumUp, OperatorLogQueue.MINUTE_MS);
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_ADDRESS ? text : text.substring(0, MOST_ADDRESS) + "\u2026";
    }
}
