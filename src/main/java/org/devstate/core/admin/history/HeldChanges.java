// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import org.devstate.core.admin.operations.History;

/** A request for changes that is answered when there is one that matches. Called by one thread at a time. */
final class HeldChanges implements History.HeldRequest {

    private final History history;
    private final ChangeQuery query;
    private final HeldAnswer answer = new HeldAnswer();
    private volatile long next;

    /** @param begun what there was at the begin, which is nothing that matches */
    HeldChanges(History history, ChangeQuery query, ChangeQuery.ChangePart begun) {
        this.history = history;
        this.query = query;
        this.next = begun.next();
    }

    HeldAnswer answer() {
        return answer;
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public boolean look(boolean isOver) {
        ChangeQuery.ChangePart part = query.from(history, next);
        next = part.next();
        if (!part.isNews() && !isOver) {
            return false;
        }
        answer.answer(ChangeQuery.result(history.run(), part));
        return true;
    }
}
