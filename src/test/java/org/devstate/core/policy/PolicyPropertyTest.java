// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Rule.Action;
import org.devstate.core.policy.Site.Suspension;
import org.devstate.core.policy.Site.Tuning;
import org.devstate.core.policy.text.PolicyParserTest;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.settings.Settings;
import org.jspecify.annotations.Nullable;

/** Policies of any kind: a written policy is read again, and decisions agree with a plain reading of the rules. */
final class PolicyPropertyTest {

    private static final List<String> NAMES = List.of("paris", "berlin", "bern", "rome");
    private static final List<String> IDS =
            List.of("PJSIP/100", "PJSIP/200", "Queue:a b", "Queue:a #b", "*42", "x42", "100@paris", "");

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.integers().between(0, NAMES.size()).flatMap(count -> {
            List<Arbitrary<Site>> sites = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sites.add(site(NAMES.get(i)));
            }
            return Combinators.combine(sites).as(Policy::new);
        });
    }

    private static Arbitrary<Site> site(String name) {
        Arbitrary<AccountGlobs> servers = Arbitraries.of("pbx*@example.net", "pbx1@example.net", "a@b")
                .list()
                .ofMaxSize(3)
                .map(AccountGlobs::of);
        Arbitrary<EidRule> eids = Arbitraries.of(
                new EidRule.FirstUse(),
                new EidRule.Any(),
                new EidRule.Listed(Set.of(new Eid(1), new Eid(0xaaL << 40))));
        Arbitrary<Tuning> tuning = Combinators.combine(
                        Arbitraries.integers().between(0, 60_000),
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.longs().between(0, 86_400_000L),
                        Arbitraries.of(Settings.OFFLINE_STATE.type().words()),
                        Arbitraries.integers().between(1, 10_000_000),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.just(Suspension.NONE)),
                                Tuple.of(1, Arbitraries.of(Suspension.class))))
                .as((window, rate, grace, gone, entries, suspension) -> new Tuning(
                        new Pace(window, rate), new LeaseTerms(grace, DeviceState.parse(gone)), entries, suspension));
        Arbitrary<List<ReceiveRule>> receive = Combinators.combine(
                        Arbitraries.of("*", "b*", name, "?ome").map(Glob::new), rules(Action.ALLOW, Action.DENY))
                .as(ReceiveRule::new)
                .list()
                .ofMaxSize(5);
        return Combinators.combine(servers, eids, rules(Action.values()).list().ofMaxSize(5), receive, tuning)
                .as((accounts, eid, publish, heard, how) ->
                        new Site(name, accounts, eid, new SiteRules(publish, heard), how));
    }

    private static Arbitrary<Rule> rules(Action... actions) {
        Arbitrary<Action> action = Arbitraries.of(actions);
        Arbitrary<Glob> written = Arbitraries.of("*", "PJSIP/*", "PJSIP/1??", "*@paris", "?JSIP/200")
                .map(Glob::new);
        Arbitrary<Glob> names = Arbitraries.of(IDS).filter(id -> !id.isEmpty()).map(Glob::of);
        Arbitrary<Rule> named = Combinators.combine(
                        action, Arbitraries.of(NodeType.values()), Arbitraries.oneOf(written, names))
                .as((what, node, id) -> new Rule(what, what == Action.CACHABLE ? NodeType.DEVICE_STATE : node, id));
        return Arbitraries.oneOf(
                named, action.filter(what -> what != Action.CACHABLE).map(what -> new Rule(what, null, Glob.ANY)));
    }

    @Property(tries = 300)
    void aWrittenPolicyIsReadAgain(@ForAll("policies") Policy policy) {
        assertThat(PolicyParserTest.read(PolicyWriter.write(policy))).isEqualTo(policy);
    }

    @Property(tries = 300)
    void theActionForAPublisherIsThatOfTheDecidingRule(@ForAll("policies") Policy policy) {
        CompiledPolicy reach = new CompiledPolicy(policy);
        Jid publisher = Jid.of("pbx1@example.net/a");
        Site from = policy.siteOf(publisher);
        for (NodeType node : NodeType.values()) {
            for (String id : IDS) {
                Rule rule = from == null ? null : from.publishRule(node, id);
                Action action = rule == null || rule.action() == Action.DENY ? Action.ALLOW : rule.action();
                for (int time = 0; time < 2; time++) {
                    assertThat(reach.action(publisher, node, id)).isEqualTo(action);
                }
            }
        }
    }

    @Property(tries = 300)
    void aCompiledAudienceIsThatOfTheRules(@ForAll("policies") Policy policy) {
        Policy apart = new Policy(policy.sites().stream()
                .map(site -> site.with(AccountGlobs.of(List.of("*@" + site.name()))))
                .toList());
        CompiledPolicy compiled = new CompiledPolicy(apart);
        for (Site from : apart.sites()) {
            for (Site to : apart.sites()) {
                for (NodeType node : NodeType.values()) {
                    for (String id : IDS) {
                        for (int time = 0; time < 2; time++) {
                            assertThat(compiled.audience(Jid.of("pbx1@" + from.name()), node, id)
                                            .includes(Jid.of("pbx2@" + to.name())))
                                    .isEqualTo(
                                            Policy.reaches(from, to, node, id).allowed());
                        }
                    }
                }
            }
        }
    }

    @Property(tries = 300)
    void theFirstLineThatMatchesDecides(@ForAll("policies") Policy policy) {
        for (Site from : policy.sites()) {
            for (Site to : policy.sites()) {
                for (NodeType node : NodeType.values()) {
                    IDS.forEach(id -> check(from, to, node, id));
                }
            }
        }
    }

    private static void check(Site from, Site to, NodeType node, String id) {
        Decision decision = Policy.reaches(from, to, node, id);
        for (Site site : List.of(from, to)) {
            Suspension suspension = site.tuning().suspension();
            if (suspension == Suspension.COMPLETE || (suspension == Suspension.FROM_OTHERS && !from.equals(to))) {
                String how = suspension == Suspension.COMPLETE ? " completely" : "";
                assertThat(decision)
                        .isEqualTo(new Decision(
                                false,
                                Decision.Basis.SUSPENSION,
                                site.name(),
                                "the site " + site.name() + " is suspended" + how));
                return;
            }
        }
        String kind = node == NodeType.DEVICE_STATE ? "device" : "mailbox";
        String said = firstMatch(from.publish(), null, kind, id);
        String deciding = "allow".equals(verb(said)) || "cachable".equals(verb(said))
                ? firstMatch(to.receive(), from.name(), kind, id)
                : said;

        assertThat(decision.allowed()).isEqualTo("allow".equals(verb(deciding)));
        Rule first = from.publishRule(node, id);
        assertThat(first == null ? null : first.toString()).isEqualTo(said);
        if (deciding == null) {
            assertThat(decision.because()).startsWith("no ").endsWith(" matches");
        } else {
            assertThat(decision.because()).endsWith(": " + deciding);
        }
    }

    private static @Nullable String verb(@Nullable String line) {
        return line == null ? null : line.substring(0, line.indexOf(' '));
    }

    /** Reads the lines as a person would: token by token, by their text. */
    private static @Nullable String firstMatch(List<?> rules, @Nullable String site, String kind, String id) {
        for (Object rule : rules) {
            List<String> words = List.of(rule.toString().split(" ", site == null ? 3 : 4));
            int subject = site == null ? 1 : 2;
            boolean siteMatches = site == null || site.matches(regex(words.get(1)));
            boolean all = words.get(subject).equals("*");
            boolean itemMatches = all || (words.get(subject).equals(kind) && id.matches(regex(words.get(subject + 1))));
            if (siteMatches && itemMatches) {
                return rule.toString();
            }
        }
        return null;
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
