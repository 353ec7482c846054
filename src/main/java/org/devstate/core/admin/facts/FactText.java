// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.model.ValueText;
import org.devstate.core.policy.Decision;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.Metric.MetricId;
import org.devstate.core.stats.Metric.MetricKind;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.devstate.core.stats.RejectionHistory;
import org.devstate.core.stats.Traffic;
import org.jspecify.annotations.Nullable;

/** Facts as lines between nodes: a word for the kind, then its cells, with a tab between two. Read by one thread. */
final class FactText {

    private final Iterator<String> cells;

    FactText(String line) {
        this.cells = Arrays.asList(line.split("\t", -1)).iterator();
    }

    /** The next cell; empty if there is none. */
    String next() {
        return cells.hasNext() ? cells.next() : "";
    }

    private long number() {
        return Long.parseLong(next());
    }

    private double rate() {
        return Double.parseDouble(next());
    }

    /** An account; {@code null} if there is none. */
    @Nullable
    Account account() {
        String text = next();
        return text.isEmpty() ? null : Account.of(text);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a cell is invalid");
        }
        return value;
    }

    private Jid jid() {
        return required(Jid.parse(next()));
    }

    private Eid eid() {
        return required(Eid.parse(next()));
    }

    private NodeType node() {
        return required(NodeType.named(next()));
    }

    private Set<NodeType> nodes() {
        Set<NodeType> nodes = EnumSet.noneOf(NodeType.class);
        Stream.of(next().split(" ", -1))
                .map(NodeType::named)
                .filter(Objects::nonNull)
                .forEach(nodes::add);
        return nodes;
    }

    static String line(Object... cells) {
        return Stream.of(cells)
                .map(cell -> String.valueOf(cell).replaceAll("[\t\n\r]", " "))
                .collect(Collectors.joining("\t"));
    }

    static String write(Fact fact) {
        if (fact instanceof Fact.LoadFact of) {
            Traffic traffic = of.load().traffic();
            return line(
                    "load",
                    of.account(),
                    of.load().online(),
                    of.load().unsubscribed(),
                    traffic.publishRate(),
                    traffic.notificationRate(),
                    traffic.lagMs());
        }
        if (fact instanceof Fact.SessionFact of) {
            List<String> nodes =
                    of.nodes().stream().map(NodeType::nodeName).sorted().toList();
            return line("session", of.session(), of.isSubscribed(), String.join(" ", nodes));
        }
        if (fact instanceof Fact.AbsenceFact of) {
            return line("absence", of.account(), of.sinceMs(), of.graceUntilMs());
        }
        if (fact instanceof Fact.OutcomeFact of) {
            Entries.EntrySubscriber to = of.subscriber();
            Decision by = to.decision();
            return line(
                    "outcome",
                    of.eid(),
                    to.site(),
                    to.session(),
                    to.fate(),
                    by.allowed(),
                    by.basis(),
                    by.site(),
                    by.because());
        }
        if (fact instanceof Fact.RejectionFact of) {
            RejectionHistory.Rejection rejection = of.rejection();
            RejectionHistory.RejectedItem item = rejection.item();
            return line(
                    "rejection",
                    rejection.atMs(),
                    rejection.from(),
                    rejection.node(),
                    item.node().nodeName(),
                    item.id(),
                    rejection.reason());
        }
        if (fact instanceof Fact.NonCachableFact of) {
            NonCachableStates.NonCachableState state = of.state();
            return line(
                    "non-cachable",
                    state.key().id(),
                    state.key().eid(),
                    state.value(),
                    state.publisher(),
                    state.atMs());
        }
        if (fact instanceof Fact.OverrideFact of) {
            EntryOverride override = of.override();
            ItemKey key = override.key();
            return line(
                    "override",
                    key.node().nodeName(),
                    key.id(),
                    key.eid(),
                    ValueText.write(override.value()),
                    override.administrator(),
                    override.atMs());
        }
        if (fact instanceof Fact.MetricFact of) {
            Metric metric = of.metric();
            MetricId id = metric.id();
            return line(
                    "metric",
                    id.name(),
                    id.kind(),
                    id.unit(),
                    id.meaning(),
                    metric.site(),
                    metric.otherNode(),
                    metric.le(),
                    metric.value());
        }
        throw new IllegalArgumentException("unknown fact: " + fact);
    }

    /**
     * Reads a fact of another node; {@code null} if it is of a later version.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static @Nullable Fact read(String line) {
        FactText cells = new FactText(line);
        return switch (cells.next()) {
            case "load" -> cells.load();
            case "session" -> new Fact.SessionFact(cells.jid(), Boolean.parseBoolean(cells.next()), cells.nodes());
            case "absence" -> new Fact.AbsenceFact(required(cells.account()), cells.number(), cells.number());
            case "outcome" -> cells.outcome();
            case "rejection" -> cells.rejection();
            case "non-cachable" -> cells.nonCachable();
            case "override" -> cells.override();
            case "metric" -> cells.metric();
            default -> null;
        };
    }

    private Fact load() {
        Account account = required(account());
        int online = (int) number();
        int unsubscribed = (int) number();
        return new Fact.LoadFact(account, new Load(online, unsubscribed, 0, new Traffic(rate(), rate(), number())));
    }

    private Fact outcome() {
        Eid eid = eid();
        String site = next();
        String session = next();
        Entries.Fate fate = Entries.Fate.valueOf(next());
        boolean isAllowed = Boolean.parseBoolean(next());
        Decision decision = new Decision(isAllowed, Decision.Basis.valueOf(next()), next(), next());
        return new Fact.OutcomeFact(eid, new Entries.EntrySubscriber(site, session, fate, decision));
    }

    private Fact rejection() {
        long atMs = number();
        Jid from = jid();
        String node = next();
        RejectionHistory.RejectedItem item = new RejectionHistory.RejectedItem(node(), next());
        return new Fact.RejectionFact(new RejectionHistory.Rejection(atMs, from, node, item, next()));
    }

    private Fact nonCachable() {
        String id = next();
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, id, eid());
        DeviceState value = required(DeviceState.parse(next()));
        return new Fact.NonCachableFact(new NonCachableStates.NonCachableState(key, value, jid(), number()));
    }

    private Fact override() {
        NodeType node = node();
        ItemKey key = new ItemKey(node, next(), eid());
        Value value = required(ValueText.parse(node, next()));
        return new Fact.OverrideFact(new EntryOverride(key, value, required(account()), number()));
    }

    private Fact metric() {
        MetricId id = new MetricId(next(), MetricKind.valueOf(next()), next(), next());
        return new Fact.MetricFact(new Metric(id, next(), next(), next(), new BigDecimal(next()).toPlainString()));
    }
}
