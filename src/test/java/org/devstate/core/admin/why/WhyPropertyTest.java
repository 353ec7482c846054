// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Rule;
import org.devstate.core.policy.Site;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Stanzas;

/**
 * {@code why} agrees with delivery: random policies, servers that come, publish, subscribe and go. After each step the test asks about
 * each name at each server. The messages to a server show what it has received.
 */
final class WhyPropertyTest {

    private static final List<String> NAMES = List.of("paris", "berlin", "bern", "nowhere");
    private static final List<String> DEVICES = List.of("PJSIP/100", "pjsip/100", "Queue:a b");
    private static final List<String> MAILBOXES = List.of("100@paris", "7@rome");
    private static final List<String> STATES = List.of("INUSE", "NOT_INUSE", "RINGING", "BUSY", "ONHOLD");

    /** One step: a server's action with a name. */
    record Step(String verb, int server, int item, int value) {}

    @Provide
    Arbitrary<String> policies() {
        Arbitrary<String> verbs = Arbitraries.of("allow", "allow", "allow", "deny", "drop");
        Arbitrary<String> subjects = Arbitraries.of(
                "*", "*", "device *", "device PJSIP/*", "device Queue:a b", "mailbox *", "mailbox *@paris");
        Arbitrary<String> publish = Combinators.combine(verbs, subjects)
                .as((verb, subject) -> "publish " + verb + " " + subject + "\n")
                .list()
                .ofMaxSize(3)
                .map(lines -> String.join("", lines) + "publish allow *\n");
        Arbitrary<String> receive = Combinators.combine(
                        Arbitraries.of("allow", "allow", "deny"),
                        Arbitraries.of("*", "paris", "berlin", "b*"),
                        subjects)
                .as((verb, site, subject) -> "receive " + verb + " " + site + " " + subject + "\n")
                .list()
                .ofMaxSize(3)
                .map(lines -> String.join("", lines) + "receive allow * *\n");
        Arbitrary<String> tuning =
                Arbitraries.of("", "", "", "window 0\n", "rate 10\n", "offline-state keep\n", "suspended yes\n");
        List<Arbitrary<String>> sites = NAMES.subList(0, 3).stream()
                .map(name -> Combinators.combine(tuning, publish, receive)
                        .as((tuned, said, heard) ->
                                "site " + name + "\nservers pbx-" + name + "@example.net\n" + tuned + said + heard))
                .toList();
        return Combinators.combine(sites).as(list -> String.join("", list));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> verbs = Arbitraries.of(
                "publish",
                "publish",
                "publish",
                "mailbox",
                "non-cachable",
                "subscribe",
                "subscribe",
                "end",
                "wait",
                "grace",
                "hand");
        return Combinators.combine(
                        verbs,
                        Arbitraries.integers().between(0, NAMES.size() - 1),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, STATES.size() - 1))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(14);
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void whyAgreesWithDelivery(@ForAll("policies") String policy, @ForAll("steps") List<Step> steps) {
        World world = new World(policy);
        for (Step step : steps) {
            world.perform(step);
            world.checkAll(steps);
        }
    }

    /** The service, and the states that each server has really received. */
    private static final class World {
        private final AdminFixture admin = new AdminFixture();
        private final Map<Jid, Map<String, String>> heard = new HashMap<>();
        private final Set<Jid> connected = new HashSet<>();
        private final Set<Jid> subscribed = new HashSet<>();
        private final Set<String> accepted = new HashSet<>();

        private final boolean isSlow;

        World(String policy) {
            isSlow = policy.contains("rate 10");
            admin.host.setPolicy(policy);
        }

        static Jid server(int number) {
            return Jid.of("pbx-" + NAMES.get(number) + "@example.net/asterisk");
        }

        static String eid(int number) {
            return "00:11:22:33:44:0" + number;
        }

        void perform(Step step) {
            Jid server = server(step.server);
            String device = DEVICES.get(step.item);
            String state = STATES.get(step.value);
            admin.host.clock.advance(1);
            switch (step.verb) {
                case "publish" -> says(server, device, Stanzas.publishState(device, eid(step.server), state));
                case "non-cachable" -> says(server, "", Stanzas.publishNonCachable(device, eid(step.server), state));
                case "mailbox" -> {
                    String mailbox = MAILBOXES.get(step.item % 2);
                    says(server, mailbox, Stanzas.publishMailbox(mailbox, eid(step.server), step.value, 0));
                }
                case "subscribe" -> subscribe(server);
                case "end" -> {
                    admin.host.service.sessionEnded(server);
                    connected.remove(server);
                    subscribed.remove(server);
                    heard.remove(server);
                }
                case "wait" -> admin.host.scheduler.advance(200);
                case "grace" -> admin.host.scheduler.advance(40_000);
                default -> {
                    CommandAnswer set = admin.execute(
                            "devstate-set-entry",
                            "node",
                            "device_state",
                            "id",
                            device,
                            "eid",
                            eid(step.server),
                            "value",
                            state);
                    if (set.status().equals("completed")) {
                        accepted.add(device);
                    }
                }
            }
            note();
        }

        private void says(Jid server, String name, XmlElement publish) {
            begin(server);
            XmlElement answer = admin.host.ask(server, publish);
            if (Stanzas.codeOf(answer).equals("result") && !isDropped(server, name)) {
                accepted.add(name);
            }
        }

        /** As Asterisk begins a session: it unsubscribes. */
        private void begin(Jid server) {
            if (admin.host.service.admits(server) && connected.add(server)) {
                admin.host.handle(server, Stanzas.unsubscribe("device_state", server.bare()));
            }
        }

        /** Once in a session: a second time would repeat the snapshot, which then waits although it was received before. */
        private void subscribe(Jid server) {
            if (admin.host.service.admits(server) && subscribed.add(server)) {
                begin(server);
                admin.host.subscribe(server, "device_state");
                admin.host.subscribe(server, "message_waiting");
                note();
                admin.host.scheduler.advance(
                        100); // until then, more of the snapshot may be pending than this test knows
            }
        }

        private boolean isDropped(Jid server, String name) {
            NodeType node = name.indexOf('@') < 0 ? NodeType.DEVICE_STATE : NodeType.MESSAGE_WAITING;
            Site site = admin.host.service.policy().siteOf(server);
            Rule rule = site == null ? null : site.publishRule(node, name);
            return rule != null && rule.action() == Rule.Action.DROP;
        }

        /** Notes the stanzas that were sent to each server since the last time. */
        private void note() {
            for (int i = 0; i < NAMES.size(); i++) {
                Jid server = server(i);
                for (XmlElement message : admin.host.sender.messagesTo(server)) {
                    XmlElement item = message.children()
                            .get(0)
                            .children()
                            .get(0)
                            .children()
                            .get(0);
                    XmlElement payload = item.children().get(0);
                    String eid = String.valueOf(payload.attribute("eid"));
                    boolean nonCachable = "0".equals(payload.attribute("cachable"));
                    String value = payload.children().isEmpty()
                            ? payload.text()
                            : payload.children().stream().map(XmlElement::text).collect(Collectors.joining("/"));
                    if (!nonCachable) {
                        heard.computeIfAbsent(server, added -> new TreeMap<>())
                                .put(item.attribute("id") + " " + eid, value);
                    }
                }
            }
            admin.host.sender.clear();
        }

        void checkAll(List<Step> steps) {
            for (int i = 0; i < NAMES.size(); i++) {
                for (String device : DEVICES) {
                    check(server(i), "device_state", device, steps);
                }
                for (String mailbox : MAILBOXES) {
                    check(server(i), "message_waiting", mailbox, steps);
                }
            }
        }

        private void check(Jid server, String node, String id, List<Step> steps) {
            List<XmlElement> before = admin.host.sender.messagesTo(server);
            assertThat(before).isEmpty();
            CommandAnswer answer = admin.execute("devstate-why", "server", server.bare(), "node", node, "id", id);
            String cause = answer.value("cause");
            String as = server + " " + id + ": " + answer.value("answer") + " after " + steps + " heard " + heard;
            assertThat(answer.value("answer")).as(as).isNotEmpty();
            assertThat(answer.value("todo")).as(as).isNotEmpty();
            if (!admin.host.service.admits(server)) {
                assertThat(cause).as(as).isEqualTo("not-admitted");
            } else if (!connected.contains(server)) {
                assertThat(cause).as(as).isEqualTo("not-connected");
            } else if (!subscribed.contains(server)) {
                assertThat(cause).as(as).isEqualTo("not-subscribed");
            } else {
                checkSources(server, id, answer, as);
            }
        }

        private void checkSources(Jid server, String id, CommandAnswer answer, String as) {
            Map<String, String> received = heard.getOrDefault(server, Map.of());
            List<String> shown = new ArrayList<>();
            String cause = answer.value("cause");
            List<String> lines = Objects.requireNonNull(answer.values("sources"));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                String there = received.get(id + " " + cells[0]);
                switch (cells[5]) {
                    case "delivered" -> {
                        // A value set by hand that equals the server's own publish is not sent to it.
                        boolean itsOwn =
                                cells[1].equals(server.bare()); // marked as delivered only if it was set by hand
                        if (!itsOwn) {
                            assertThat(there).as(as).isEqualTo(cells[3]);
                        }
                        shown.add(cells[3]);
                    }
                    case "own" -> {
                        assertThat(cells[1]).as(as).isEqualTo(server.bare());
                        shown.add(cells[3]);
                    }
                    case "superseded" -> shown.add(cells[3]);
                    case "waiting" -> {
                        if (!isSlow) { // otherwise a received value may be part of a snapshot that is still on its
                            // way
                            assertThat(there).as(as).isNotEqualTo(cells[3]);
                        }
                    }
                    default -> {
                        assertThat(cells[5]).as(as).isEqualTo("denied");
                        assertThat(there).as(as).isNull();
                    }
                }
            }
            boolean nothing = lines.size() == 1;
            assertThat(nothing)
                    .as(as)
                    .isEqualTo(Set.of("case", "dropped", "non-cachable", "rejected", "never-published")
                            .contains(cause));
            if (cause.equals("denied") || cause.equals("suspended")) {
                assertThat(shown).as(as).isEmpty();
            } else if (!nothing && !cause.equals("waiting") && id.indexOf('@') < 0) {
                assertThat(answer.value("value")).as(as).isEqualTo(asterisk(shown));
            }
            checkCause(server, id, cause, shown, as);
        }

        private void checkCause(Jid server, String id, String cause, List<String> shown, String as) {
            switch (cause) {
                case "combined", "newest" -> assertThat(shown).as(as).hasSizeGreaterThan(1);
                case "delivered", "own", "publisher-gone", "grace-period", "not-repeated", "by-hand" ->
                    assertThat(shown).as(as).hasSize(1);
                case "never-published" -> assertThat(accepted).as(as).doesNotContain(id);
                case "case" ->
                    assertThat(accepted).as(as).anyMatch(name -> name.equalsIgnoreCase(id) && !name.equals(id));
                default -> assertThat(server).isNotNull();
            }
        }

        /** As Asterisk's devicestate.c combines them, one after another. */
        private static String asterisk(List<String> states) {
            List<String> order = List.of(
                    "UNKNOWN",
                    "INVALID",
                    "UNAVAILABLE",
                    "NOT_INUSE",
                    "ONHOLD",
                    "RINGING",
                    "INUSE",
                    "BUSY",
                    "RINGINUSE");
            boolean ringing = states.contains("RINGING");
            boolean inUse = states.stream().anyMatch(List.of("INUSE", "ONHOLD", "BUSY")::contains);
            return ringing && inUse
                    ? DeviceState.RINGINUSE.name()
                    : states.stream()
                            .max(Comparator.comparingInt(order::indexOf))
                            .orElse("");
        }
    }
}
