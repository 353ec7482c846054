// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.admin.operations.Entries.Fate;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.policy.Decision;
import org.devstate.core.policy.Decision.Basis;
import org.devstate.core.policy.Site;

/**
 * Finds which of the servers that publish a device or mailbox decides its state at one server, which is connected and subscribed. Used
 * once.
 */
final class SourceInvestigator {

    private final Account account;
    private final Site site;
    private final Subject subject;
    private final List<Source> sources;
    private final long nowMs;

    /**
     * @param account the server in question
     * @param site its site
     * @param subject the device or mailbox
     * @param sources the entries of all publishing servers; at least one
     */
    SourceInvestigator(Account account, Site site, Subject subject, List<Source> sources, long nowMs) {
        this.account = account;
        this.site = site;
        this.subject = subject;
        this.sources = sources;
        this.nowMs = nowMs;
    }

    Finding find() {
        List<Source> waiting = of(Fate.WAITING);
        List<Source> shown = sources.stream().filter(Source::isShown).toList();
        if (shown.isEmpty() && waiting.isEmpty()) {
            return denied();
        }
        if (!waiting.isEmpty()) {
            return waiting(waiting.get(0), shown);
        }
        if (shown.size() == 1) {
            return single(shown.get(0));
        }
        return subject.node() == NodeType.DEVICE_STATE ? combined(shown) : newest(shown);
    }

    private List<Source> of(Fate fate) {
        return sources.stream().filter(source -> source.fate() == fate).toList();
    }

    private Finding denied() {
        Source source = sources.get(0);
        Decision decision = source.decision();
        boolean suspended = decision.basis() == Basis.SUSPENSION;
        String answer =
                account + " does not receive " + subject + " from " + source.account() + ": " + source.because();
        String other = source.known().site();
        List<String> todo = new ArrayList<>();
        if (suspended) {
            todo.add("devstatectl resume-site " + decision.site());
        } else if (other.isEmpty()) {
            todo.add("Put " + source.account() + " into a site: devstatectl add-server SITE " + source.account());
        } else {
            boolean isReceiveRule = decision.basis() == Basis.RECEIVE_RULES;
            todo.add("If it is to receive it, change that rule: devstatectl edit-site "
                    + (isReceiveRule ? site.name() + " --receive" : other + " --publish")
                    + " RULE, once for each rule, since these replace all");
        }
        return new Finding(suspended ? Cause.SUSPENDED : Cause.DENIED, answer, "", sources, Advice.todo(todo));
    }

    private Finding waiting(Source source, List<Source> shown) {
        long sinceMs = Math.max(0, nowMs - source.entry().changedAtMs());
        int rate = site.tuning().pace().ratePerSecond();
        String answer = "The newest value of " + subject + ", "
                + Phrases.of(source.entry().value()) + " from " + source.account()
                + ", has been waiting in the queue for "
                + account + " for " + Phrases.duration(sinceMs);
        List<String> facts = List.of("The site " + site.name() + " has a window of "
                + site.tuning().pace().windowMs() + " ms and "
                + (rate == 0 ? "no rate limit" : "a rate limit of " + rate + " notifications a second"));
        List<String> todo = rate == 0
                ? List.of("It leaves by itself; if not, look at lag-ms in devstatectl servers, and at the XMPP server")
                : List.of(
                        "It leaves by itself; if the lag does not go down, raise the rate limit: devstatectl edit-site "
                                + site.name() + " --rate " + rate * 2L);
        return new Finding(
                Cause.WAITING,
                answer,
                shown.isEmpty() ? "" : Phrases.text(valueOf(shown)),
                sources,
                new Advice(facts, todo));
    }

    private Value valueOf(List<Source> shown) {
        return subject.node() == NodeType.DEVICE_STATE
                ? combine(shown)
                : newestOf(shown).entry().value();
    }

    private Finding single(Source source) {
        String value = Phrases.of(source.entry().value());
        String at = subject + " is " + value + " at " + account;
        return switch (source.publisher()) {
            case LEAVING -> shows(Cause.GRACE_PERIOD, source, at + ": " + source.remark(), reconnect(source));
            case GONE -> shows(Cause.PUBLISHER_GONE, source, at + ": " + source.remark(), reconnect(source));
            case SILENT ->
                shows(
                        Cause.NOT_REPEATED,
                        source,
                        at + ": " + source.remark(),
                        List.of("On " + source.account()
                                + ", check that the device still exists, and change its state once"));
            case CONNECTED -> connected(source, at);
        };
    }

    private static List<String> reconnect(Source source) {
        return List.of(
                "Bring " + source.account() + " back: on it, asterisk -rx 'xmpp show connections' must show Connected");
    }

    private Finding connected(Source source, String at) {
        if (source.known().byHand()) {
            return shows(
                    Cause.BY_HAND,
                    source,
                    at + ": an administrator set it at " + changed(source) + ", in the name of " + source.account(),
                    List.of("It counts until " + source.account()
                            + " publishes something else; to take it back: devstatectl clear-entry "
                            + (isMailbox(source) ? "mailbox " : "device ")
                            + source.entry().key().id() + " "
                            + source.entry().key().eid()));
        }
        if (source.fate() == Fate.OWN) {
            return shows(
                    Cause.OWN,
                    source,
                    account + " publishes " + subject + " itself, so it shows its own local state; it last published "
                            + Phrases.of(source.entry().value()),
                    List.of("If that is not the state there, look at " + account + " itself: " + look(source)));
        }
        return shows(
                Cause.DELIVERED,
                source,
                at + ": " + source.account() + " published it at " + changed(source) + ", and it was delivered",
                stale(source));
    }

    /** The publisher's changes while the service was away are lost; delivery cannot repair that. */
    private static List<String> stale(Source source) {
        return source.sessions().subscribed().isEmpty()
                ? List.of(source.account()
                        + " is connected but not subscribed: if its state has changed while the service was"
                        + " away, that is lost. Reconnect it: devstatectl reconnect " + source.account()
                        + ", or on it, asterisk -rx 'core restart when convenient'")
                : lookAtBoth(source);
    }

    private static List<String> lookAtBoth(Source source) {
        String other = "If " + source.account() + " has another state, look there: " + look(source);
        return isMailbox(source)
                ? List.of(
                        other,
                        "If the lamp is dark all the same: where it is, asterisk -rx 'module show like res_mwi_devstate' must"
                                + " list that module")
                : List.of(other);
    }

    /** The server that has a mailbox shows it by no hint of MWI. */
    private static String look(Source source) {
        return isMailbox(source) ? "asterisk -rx 'voicemail show users'" : "asterisk -rx 'core show hints'";
    }

    private static boolean isMailbox(Source source) {
        return source.entry().key().node() == NodeType.MESSAGE_WAITING;
    }

    private static String changed(Source source) {
        return Phrases.time(source.entry().changedAtMs());
    }

    private Finding shows(Cause cause, Source source, String answer, List<String> todo) {
        return new Finding(cause, answer, source.value(), sources, Advice.todo(todo));
    }

    private static DeviceState combine(List<Source> shown) {
        return AsteriskAggregate.of(states(shown).toList());
    }

    private static Stream<DeviceState> states(List<Source> shown) {
        return shown.stream()
                .map(source -> source.entry().value())
                .filter(DeviceState.class::isInstance)
                .map(DeviceState.class::cast);
    }

    private Finding combined(List<Source> shown) {
        DeviceState combined = combine(shown);
        List<String> each = shown.stream()
                .map(source -> source.value() + " (" + source.account() + ")")
                .toList();
        return new Finding(
                Cause.COMBINED,
                subject + " is " + combined + " at " + account + ": Asterisk combines the states that " + shown.size()
                        + " servers publish, " + Phrases.list(each),
                combined.toString(),
                sources,
                new Advice(
                        combined == DeviceState.INVALID && states(shown).anyMatch(DeviceState.UNKNOWN::equals)
                                ? List.of("An Asterisk 16 shows UNKNOWN instead, because it ranks that higher than"
                                        + " INVALID")
                                : List.of(),
                        List.of("If one of them no longer has the device: devstatectl clear-entry device "
                                + subject.id() + " EID, with its EID from the table")));
    }

    private static Source newestOf(List<Source> shown) {
        return shown.stream()
                .max(Comparator.comparingLong((Source source) -> source.entry().changedAtMs())
                        .thenComparingLong(source -> source.entry().version()))
                .orElseThrow();
    }

    private Finding newest(List<Source> shown) {
        Source newest = newestOf(shown);
        return new Finding(
                Cause.NEWEST,
                subject + " has " + Phrases.of(newest.entry().value()) + " at " + account + ": of the values that "
                        + shown.size() + " servers publish, the newest counts, that of " + newest.account() + " at "
                        + changed(newest),
                newest.value(),
                sources,
                Advice.todo(List.of("If only one of them has the mailbox: devstatectl clear-entry mailbox "
                        + subject.id() + " EID, for the others")));
    }
}
