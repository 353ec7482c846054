// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.devstate.core.model.NodeType;
import org.junit.jupiter.api.Test;

/** Items of one class: the same globs match them. */
final class ItemRulesTest {

    @Provide
    Arbitrary<List<Glob>> globs() {
        return Arbitraries.strings()
                .withChars("ab*?\uD83D\uDE00")
                .ofMaxLength(5)
                .map(Glob::new)
                .list()
                .uniqueElements()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("ab*\uD83D\uDE00").ofMaxLength(6);
    }

    /** Whatever a glob begins or ends with, the index finds it for each name that it matches, and the first that matches decides. */
    @Property(tries = 2_000)
    void theFirstGlobThatMatchesDecides(@ForAll("globs") List<Glob> globs, @ForAll("names") String name) {
        Glob first =
                globs.stream().filter(glob -> glob.matches(name)).findFirst().orElse(null);
        for (Glob allowed : globs) {
            List<Rule> rules = globs.stream()
                    .map(glob -> new Rule(
                            glob.equals(allowed) ? Rule.Action.ALLOW : Rule.Action.DENY, NodeType.DEVICE_STATE, glob))
                    .toList();
            ItemRules compiled = new ItemRules(List.of(site(rules)), NodeType.DEVICE_STATE);
            assertThat(compiled.action(0, compiled.classOf(name)))
                    .isEqualTo(allowed.equals(first) ? Rule.Action.ALLOW : Rule.Action.DENY);
        }
    }

    @Test
    void itemsThatTheSameGlobsMatchAreOfOneClass() {
        List<Rule> rules = List.of(
                new Rule(Rule.Action.DENY, NodeType.DEVICE_STATE, new Glob("PJSIP/2*")),
                new Rule(Rule.Action.ALLOW, NodeType.DEVICE_STATE, new Glob("PJSIP/*")));
        ItemRules compiled = new ItemRules(List.of(site(rules)), NodeType.DEVICE_STATE);
        assertThat(compiled.classOf("PJSIP/200"))
                .isSameAs(compiled.classOf("PJSIP/299"))
                .isNotSameAs(compiled.classOf("PJSIP/300"));
    }

    @Test
    void moreNamesThanAreRememberedAreStillDecided() {
        ItemRules compiled = new ItemRules(
                List.of(site(List.of(new Rule(Rule.Action.ALLOW, NodeType.DEVICE_STATE, new Glob("PJSIP/*"))))),
                NodeType.DEVICE_STATE);
        IntStream.range(0, ItemRules.MOST + 10).forEach(i -> compiled.classOf("Custom:" + i));
        assertThat(compiled.action(0, compiled.classOf("PJSIP/1"))).isEqualTo(Rule.Action.ALLOW);
        assertThat(compiled.action(0, compiled.classOf("Custom:1"))).isEqualTo(Rule.Action.DENY);
    }

    private static Site site(List<Rule> publish) {
        return new Site(
                "paris",
                AccountGlobs.of(List.of("*@paris")),
                new EidRule.FirstUse(),
                new SiteRules(publish, List.of(ReceiveRule.ALLOW_ALL)),
                Site.Tuning.DEFAULT);
    }
}
