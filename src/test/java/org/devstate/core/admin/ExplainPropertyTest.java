// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.devstate.core.model.Jid;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;

/** Explain agrees with delivery, and names the line that a reader of the policy finds from the top. */
final class ExplainPropertyTest {

    private static final List<String> NAMES = List.of("paris", "berlin", "bern");
    private static final List<String> DEVICES = List.of("PJSIP/100", "PJSIP/200", "Queue:a b", "*42", "x42");
    private static final List<String> MAILBOXES = List.of("100@paris", "7@rome");

    /** One site as it is written. */
    record Drawn(String name, String suspended, List<String> publish, List<String> receive) {

        String text() {
            String rules = publish.stream()
                            .map(rule -> "publish " + rule + "\n")
                            .collect(Collectors.joining())
                    + receive.stream().map(rule -> "receive " + rule + "\n").collect(Collectors.joining());
            return "site %s\nservers pbx-%s@example.net\nsuspended %s\n%s".formatted(name, name, suspended, rules);
        }

        Jid server() {
            return Jid.of("pbx-" + name + "@example.net/asterisk");
        }

        String eid() {
            return "00:00:00:00:00:1" + NAMES.indexOf(name);
        }
    }

    @Provide
    Arbitrary<List<Drawn>> policies() {
        Arbitrary<String> verbs = Arbitraries.of("allow", "allow", "deny");
        Arbitrary<String> subjects = Arbitraries.of(
                "*",
                "device *",
                "device PJSIP/*",
                "device PJSIP/1??",
                "device Queue:a b",
                "device \\*42",
                "device *42",
                "mailbox *",
                "mailbox *@paris",
                "mailbox ?@rome");
        Arbitrary<String> sites = Arbitraries.of("*", "paris", "berlin", "b*", "?er*");
        Arbitrary<List<String>> publish = Combinators.combine(
                        Arbitraries.of("allow", "allow", "deny", "drop", "cachable"), subjects)
                .as((verb, subject) ->
                        (subject.startsWith("device") || !verb.equals("cachable") ? verb : "allow") + " " + subject)
                .list()
                .ofMaxSize(4);
        Arbitrary<List<String>> receive = Combinators.combine(verbs, sites, subjects)
                .as((verb, site, subject) -> verb + " " + site + " " + subject)
                .list()
                .ofMaxSize(4);
        List<Arbitrary<Drawn>> drawn = NAMES.stream()
                .map(name -> Combinators.combine(
                                Arbitraries.of("no", "no", "no", "no", "yes", "completely"), publish, receive)
                        .as((suspended, said, heard) -> new Drawn(name, suspended, said, heard)))
                .toList();
        return Combinators.combine(drawn).as(list -> list);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void explainAgreesWithDeliveryAndNamesTheDecidingLine(@ForAll("policies") List<Drawn> policy) {
        AdminFixture admin = new AdminFixture();
        admin.host.setPolicy(policy.stream().map(Drawn::text).collect(Collectors.joining()));
        policy.forEach(site -> admin.host.subscribeToAll(site.server()));
        for (Drawn from : policy) {
            DEVICES.forEach(id -> check(admin, policy, from, "device_state", id));
            MAILBOXES.forEach(id -> check(admin, policy, from, "message_waiting", id));
        }
    }

    private static void check(AdminFixture admin, List<Drawn> policy, Drawn from, String node, String id) {
        admin.host.sender.clear();
        if (node.equals("device_state")) {
            admin.host.publishState(from.server(), id, from.eid(), "INUSE");
        } else {
            admin.host.publishMailbox(from.server(), id, from.eid(), 1, 0);
        }
        admin.host.scheduler.runAll(); // a mailbox that another site has published just before waits for its window
        List<Jid> told = policy.stream()
                .map(Drawn::server)
                .filter(server -> !admin.host.sender.messagesTo(server).isEmpty())
                .toList();
        for (Drawn to : policy) {
            CommandAnswer answer =
                    admin.execute("devstate-explain", "from", from.name(), "to", to.name(), "node", node, "id", id);
            String because = answer.value("because");

            assertThat(because).isEqualTo(reading(from, to, node, id));
            assertThat(answer.value("allowed")).isEqualTo(Boolean.toString(allows(because)));
            if (!to.equals(from)) { // whose only session has published it itself
                assertThat(told.contains(to.server()))
                        .as("%s from %s to %s in %s", id, from, to, policy)
                        .isEqualTo(answer.value("allowed").equals("true"));
            }
        }
    }

    /** Line by line, token by token, as a person reads it. */
    private static String reading(Drawn from, Drawn to, String node, String id) {
        for (Drawn site : List.of(from, to)) {
            if (site.suspended().equals("completely")) {
                return "the site " + site.name() + " is suspended completely";
            }
            if (site.suspended().equals("yes") && !from.equals(to)) {
                return "the site " + site.name() + " is suspended";
            }
        }
        String kind = node.equals("device_state") ? "device" : "mailbox";
        String said = first("publish", from.name(), from.publish(), kind, id, "");
        return allows(said) ? first("receive", to.name(), to.receive(), kind, id, from.name()) : said;
    }

    private static boolean allows(String because) {
        return because.contains(": allow ") || because.contains(": cachable ");
    }

    private static String first(String list, String site, List<String> rules, String kind, String id, String from) {
        for (int i = 0; i < rules.size(); i++) {
            String rule = rules.get(i);
            String subject = rule.substring(rule.indexOf(' ') + 1);
            if (list.equals("receive")) {
                if (!from.matches(regex(subject.substring(0, subject.indexOf(' '))))) {
                    continue;
                }
                subject = subject.substring(subject.indexOf(' ') + 1);
            }
            if ((kind + " " + id).matches(subject.equals("*") ? ".*" : regex(subject))) {
                return "%s rule %d of %s: %s".formatted(list, i + 1, site, rule);
            }
        }
        return String.format(Locale.ROOT, "no %s rule of %s matches", list, site);
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(
                    c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c == '\\' ? glob.charAt(++i) : c)));
        }
        return regex.toString();
    }
}
