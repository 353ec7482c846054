// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.devstate.core.admin.operations.History;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.state.ChangeRing.ChangeEffect;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;

/** When a held request is looked at, answered and given up. */
final class RequestHolderTest {

    private static final Notification CHANGE = new Notification(
            new ItemKey(NodeType.DEVICE_STATE, "PJSIP/1", new Eid(1)),
            DeviceState.INUSE,
            Jid.of("alice@example.net/asterisk"),
            true);

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ChangeRing ring = new ChangeRing();
    private final RequestHolder holder = new RequestHolder(ring, clock, scheduler);

    /** Is answered by the first change after {@code next}, or when it must be. */
    private final class Request implements History.HeldRequest {
        private final List<Boolean> looks = new ArrayList<>();
        private long next;
        private BooleanSupplier answers = () -> ring.next() > next;

        private Request(long next) {
            this.next = next;
        }

        @Override
        public long next() {
            return next;
        }

        @Override
        public boolean look(boolean isOver) {
            looks.add(isOver);
            return isOver || answers.getAsBoolean();
        }
    }

    private void change() {
        ring.add(CHANGE, ChangeEffect.STORED, 0);
    }

    private Request held(long next, long waitMs) {
        Request request = new Request(next);
        assertThat(holder.hold(request, waitMs)).isTrue();
        return request;
    }

    @Test
    void aChangeIsLookedAtWhenItsBurstEnds() {
        Request request = held(0, 1_000);

        change();
        scheduler.advance(RequestHolder.BURST_MS - 1);
        assertThat(request.looks).isEmpty();

        change();
        scheduler.advance(1);
        assertThat(request.looks).containsExactly(false);
        assertThat(holder.size()).isZero();
    }

    @Test
    void theNextBurstIsLookedAtAgain() {
        Request first = held(0, 1_000);
        change();
        scheduler.advance(RequestHolder.BURST_MS);
        Request second = held(1, 1_000);

        change();
        scheduler.advance(RequestHolder.BURST_MS);

        assertThat(first.looks).hasSize(1);
        assertThat(second.looks).containsExactly(false);
    }

    @Test
    void aChangeThatTheRequestHasNotSeenIsLookedAtWithoutAnother() {
        change();

        Request request = held(0, 1_000);
        scheduler.advance(RequestHolder.BURST_MS);

        assertThat(request.looks).containsExactly(false);
    }

    @Test
    void aRequestThatHasSeenAllChangesIsNotLookedAt() {
        change();

        Request request = held(1, 1_000);
        scheduler.advance(999);

        assertThat(request.looks).isEmpty();
    }

    @Test
    void aRequestThatCannotReadTheChangeYetIsLookedAtAgain() {
        Request request = held(0, 1_000);
        request.answers = () -> request.looks.size() == 3;

        change();
        scheduler.advance(3 * RequestHolder.BURST_MS);

        assertThat(request.looks).containsExactly(false, false, false);
        assertThat(holder.size()).isZero();
    }

    @Test
    void aRequestThatNeedsAnotherChangeIsNotLookedAtUntilThen() {
        Request request = held(0, 1_000);
        request.answers = () -> {
            request.next = ring.next();
            return request.looks.size() == 2;
        };

        change();
        scheduler.advance(500);
        assertThat(request.looks).containsExactly(false);

        change();
        scheduler.advance(RequestHolder.BURST_MS);
        assertThat(request.looks).containsExactly(false, false);
    }

    @Test
    void eachRequestIsAnsweredWhenItsTimeIsOver() {
        Request late = held(0, 300);
        Request early = held(0, 100);
        Request latest = held(0, 500);

        scheduler.advance(99);
        assertThat(holder.size()).isEqualTo(3);
        scheduler.advance(1);
        assertThat(early.looks).containsExactly(true);
        assertThat(holder.size()).isEqualTo(2);

        scheduler.advance(199);
        assertThat(late.looks).isEmpty();
        scheduler.advance(1);
        assertThat(late.looks).containsExactly(true);

        scheduler.advance(200);
        assertThat(latest.looks).containsExactly(true);
        assertThat(holder.size()).isZero();
    }

    @Test
    void aRequestAfterAllOthersHaveEndedEndsToo() {
        held(0, 100);
        scheduler.advance(100);

        Request second = held(0, 100);
        scheduler.advance(100);

        assertThat(second.looks).containsExactly(true);
    }

    @Test
    void requestsOfOneTimeHaveOneTask() {
        held(0, 100);
        held(0, 100);
        held(0, 200);

        assertThat(scheduler.pending()).isEqualTo(1);
    }

    @Test
    void asManyRequestsAreHeldAsAreAllowed() {
        for (int i = 0; i < History.MOST_HELD; i++) {
            held(0, 1_000);
        }

        Request refused = new Request(0);

        assertThat(holder.hold(refused, 1_000)).isFalse();
        assertThat(refused.looks).isEmpty();
        assertThat(holder.size()).isEqualTo(History.MOST_HELD);
    }

    @Test
    void changesScheduleNothingOnceNoRequestIsHeld() {
        held(0, 100);
        held(0, 200);
        scheduler.advance(100);
        change();
        assertThat(scheduler.pending()).isEqualTo(2);

        scheduler.runAll();
        change();

        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void closingAnswersAllRequestsAndHoldsNoMore() {
        Request request = held(0, 1_000);

        holder.close();
        Request later = held(0, 1_000);

        assertThat(request.looks).containsExactly(true);
        assertThat(later.looks).containsExactly(true);
        assertThat(holder.size()).isZero();
    }

    @Test
    void aRequestThatEndsWhileItIsLookedAtIsAnsweredByThatThread() {
        Request request = held(0, 1_000);
        request.answers = () -> {
            holder.close();
            return false;
        };

        change();
        scheduler.advance(RequestHolder.BURST_MS);

        assertThat(request.looks).containsExactly(false, true);
        assertThat(holder.size()).isZero();
    }
}
