package org.devstate.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.devstate.core.access.Site.Tuning;
import org.devstate.core.delivery.Pace;
import org.devstate.core.limits.Limits;
import org.devstate.core.liveness.LeaseTerms;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** Policies of any kind: what is written is read again, and decisions are what a plain reading of the rules says. */
final class PolicyPropertyTest {

    private static final List<String> NAMES = List.of("paris", "berlin", "bern", "rome");
    private static final List<String> IDS = List.of("PJSIP/100", "PJSIP/200", "Queue:a b", "100@paris", "");

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
                new EidRule.Listed(Set.of(new Eid(1), new Eid(0xabL << 40))));
        Arbitrary<Tuning> tuning = Combinators.combine(
                        Arbitraries.integers().between(0, 60_000),
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.longs().between(0, LeaseTerms.MAX_GRACE_MS),
                        Arbitraries.of(LeaseTerms.GONE_STATES),
                        Arbitraries.integers().between(1, Limits.MAX_ENTRIES),
                        Arbitraries.of(false, false, false, true))
                .as((window, rate, grace, gone, entries, suspended) -> new Tuning(
                        new Pace(window, rate), new LeaseTerms(grace, DeviceState.parse(gone)), entries, suspended));
        Arbitrary<List<ReceiveRule>> receive = Combinators.combine(
                        Arbitraries.of("*", "b*", "berlin", "?ome").map(Glob::new), rules())
                .as(ReceiveRule::new)
                .list()
                .ofMaxSize(5);
        return Combinators.combine(servers, eids, rules().list().ofMaxSize(5), receive, tuning)
                .as((accounts, eid, publish, heard, how) -> new Site(name, accounts, eid, publish, heard, how));
    }

    private static Arbitrary<Rule> rules() {
        Arbitrary<Rule> named = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(NodeType.values()),
                        Arbitraries.of("*", "PJSIP/*", "PJSIP/1??", "*@paris", "Queue:a b", "?JSIP/200"))
                .as((allow, node, id) -> new Rule(allow, node, new Glob(id)));
        return Arbitraries.oneOf(named, Arbitraries.of(true, false).map(allow -> new Rule(allow, null, Glob.ANY)));
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("policies") Policy policy) {
        assertThat(PolicyParserTest.read(PolicyWriter.write(policy))).isEqualTo(policy);
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
        if (from.tuning().suspended() || to.tuning().suspended()) {
            Site suspended = from.tuning().suspended() ? from : to;
            assertThat(decision).isEqualTo(new Decision(false, "the site " + suspended.name() + " is suspended"));
            return;
        }
        String kind = node == NodeType.DEVICE_STATE ? "device" : "mailbox";
        String said = firstMatch(from.publish(), null, kind, id);
        String deciding = "allow".equals(verb(said)) ? firstMatch(to.receive(), from.name(), kind, id) : said;

        assertThat(decision.allowed()).isEqualTo("allow".equals(verb(deciding)));
        if (deciding == null) {
            assertThat(decision.because()).startsWith("no ").endsWith(" matches");
        } else {
            assertThat(decision.because()).endsWith(": " + deciding);
        }
    }

    private static @Nullable String verb(@Nullable String line) {
        return line == null ? null : line.substring(0, line.indexOf(' '));
    }

    /** Reads the lines as a person would: word by word, by their text. */
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
        return ("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    }
}
