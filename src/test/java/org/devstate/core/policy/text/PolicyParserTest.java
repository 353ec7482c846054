// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.EidRule;
import org.devstate.core.policy.Glob;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Pace;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.ReceiveRule;
import org.devstate.core.policy.Rule;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.Site.Tuning;
import org.devstate.core.policy.SiteRules;
import org.devstate.core.policy.text.PolicyParser.ParseResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public final class PolicyParserTest {

    private static final String LEAST = "site paris\n    servers pbx*@example.net\n";

    @Test
    void everyKeyIsRead() {
        Policy policy = read(
                """
                # Two of our offices.
                site paris                          # the first
                    servers  pbx*@paris.example.net  Boss@Example.net
                    eids     00:11:22:33:44:5A 00:11:22:33:44:5b
                    window   250 ms
                    rate     1000
                    grace    5 min
                    offline-state keep
                    entries  5000
                    suspended yes
                    publish  allow device PJSIP/2*
                    publish  deny mailbox my box@*
                    publish  allow *
                    receive  deny berlin device *
                    receive  allow b* mailbox 1?@x
                    receive  allow * *

                site berlin
                    servers pbx1@berlin.example.net
                    eids any
                """);

        Site paris = new Site(
                "paris",
                AccountGlobs.of(List.of("pbx*@paris.example.net", "boss@example.net")),
                new EidRule.Listed(Set.of(new Eid(0x00_11_22_33_44_5aL), new Eid(0x00_11_22_33_44_5bL))),
                new SiteRules(
                        List.of(
                                new Rule(Rule.Action.ALLOW, NodeType.DEVICE_STATE, new Glob("PJSIP/2*")),
                                new Rule(Rule.Action.DENY, NodeType.MESSAGE_WAITING, new Glob("my box@*")),
                                Rule.ALLOW_ALL),
                        List.of(
                                new ReceiveRule(
                                        new Glob("berlin"),
                                        new Rule(Rule.Action.DENY, NodeType.DEVICE_STATE, Glob.ANY)),
                                new ReceiveRule(
                                        new Glob("b*"),
                                        new Rule(Rule.Action.ALLOW, NodeType.MESSAGE_WAITING, new Glob("1?@x"))),
                                ReceiveRule.ALLOW_ALL)),
                new Tuning(new Pace(250, 1_000), new LeaseTerms(300_000, null), 5_000, Site.Suspension.FROM_OTHERS));
        Site berlin = new Site(
                "berlin",
                AccountGlobs.of(List.of("pbx1@berlin.example.net")),
                new EidRule.Any(),
                new SiteRules(List.of(), List.of()),
                Tuning.DEFAULT);
        assertThat(policy).isEqualTo(new Policy(List.of(paris, berlin)));
    }

    @Test
    void aTextWithoutSitesAdmitsNoAccount() {
        assertThat(read("")).isEqualTo(Policy.CLOSED);
        assertThat(read("\r\n  # nothing\r\n")).isEqualTo(Policy.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"grace 0, 0", "grace 1500 ms, 1500", "grace 30s, 30000", "grace 24 h, 86400000", "grace 2 min, 120000"})
    void aDurationHasAUnit(String line, long ms) {
        Site site = read(LEAST + line).sites().get(0);
        assertThat(site.tuning().terms()).isEqualTo(new LeaseTerms(ms, DeviceState.UNAVAILABLE));
    }

    @ParameterizedTest
    @CsvSource({"entries 1, 1", "entries 10000000, 10000000"})
    void aLimitOfEntriesIsTakenUpToItsEdges(String line, int entries) {
        assertThat(read(LEAST + line).sites().get(0).tuning().entries()).isEqualTo(entries);
    }

    @Test
    void anInvalidStartOfARuleEndsItsReading() {
        assertThat(faults(LEAST + "publish permit phone"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("not 'permit'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour blue | 3 | 1 | unknown key 'colour'",
                "Publish allow * | 3 | 1 | unknown key 'Publish'",
                "'  servers a@b' | 3 | 3 | servers is given in line 2 already",
                "eids first | 3 | 6 | 'first'",
                "eids | 3 | 5 | first-use, any",
                "eids any 00:11:22:33:44:5a | 3 | 6 | 'any'",
                "window 60001 ms | 3 | 8 | window must be within 0..60000 ms, not 60001 ms",
                "window 100 | 3 | 8 | a duration such as 100 ms",
                "window ms | 3 | 8 | a duration such as 100 ms",
                "window -1 ms | 3 | 8 | a duration such as 100 ms",
                "window 999999999 h | 3 | 8 | window must be within 0..60000 ms, not 999999999 h",
                "rate 1000001 | 3 | 6 | rate must be within 0..1000000",
                "rate fast | 3 | 6 | a whole number",
                "grace 25 h | 3 | 7 | grace must be within 0..86400 s, not 25 h",
                "grace 99999999 s | 3 | 7 | grace must be within 0..86400 s, not 99999999 s",
                "offline-state AWAY | 3 | 15 | UNAVAILABLE, UNKNOWN, INVALID, keep",
                "entries 0 | 3 | 9 | entries must be within 1..10000000, not 0",
                "entries 10000001 | 3 | 9 | entries must be within 1..10000000, not 10000001",
                "publish | 3 | 8 | a rule begins with allow, deny, drop or cachable",
                "publish permit * | 3 | 9 | a rule begins with allow, deny, drop or cachable, not 'permit'",
                "publish allow | 3 | 14 | a rule ends with *, device NAMES or mailbox NAMES",
                "publish allow phone * | 3 | 15 | not 'phone'",
                "publish allow device | 3 | 21 | 'device' needs the names that it matches, such as PJSIP/2*, or * for all",
                "publish allow mailbox | 3 | 22 | 'mailbox' needs the names that it matches, such as 5*@default, or * for all",
                "publish allow * PJSIP/* | 3 | 17 | nothing follows *",
                "receive allow | 3 | 14 | the name of a site",
                "receive deny Berlin * | 3 | 14 | the name of a site, or * for all, not 'Berlin'",
                "receive allow * | 3 | 16 | a rule ends with",
                "receive deny pariss device * | 3 | 14 | there is no site 'pariss'; did you mean paris?",
                "receive allow london * | 3 | 15 | there is no site 'london'; there are paris",
                "receive drop paris * | 3 | 9 | a rule begins with allow or deny, not 'drop'",
                "receive cachable paris device * | 3 | 9 | a rule begins with allow or deny, not 'cachable'",
                "publish cachable mailbox * | 3 | 26 | only devices can be made cachable",
                "publish cachable * | 3 | 19 | only devices can be made cachable",
                "publish allow device a\\d | 3 | 22 | a \\ is followed by one of * ? \\ #",
                "eids ff:ff:ff:ff:ff:ff | 3 | 6 | ff:ff:ff:ff:ff:ff is not the EID of one server",
                "eids 00:00:00:00:00:00 | 3 | 6 | neither all zeros nor a group address",
                "suspended maybe | 3 | 11 | suspended must be no, yes (from all other sites) or completely",
                "site Paris | 3 | 6 | a site is named by",
                "site | 3 | 5 | a site is named by",
                "site paris | 3 | 6 | is given in line 1 already",
            })
    void errorsAreNamedWithTheirPlace(String line, int number, int column, String words) {
        assertThat(faults(LEAST + line)).anySatisfy(fault -> {
            assertThat(fault.line()).isEqualTo(number);
            assertThat(fault.column()).isEqualTo(column);
            assertThat(fault.message()).contains(words);
        });
    }

    @Test
    void theSampleIsReadAndItsFirstSiteHasTheDefaults() throws IOException {
        Policy sample = read(Files.readString(Path.of("etc", "sites.policy")));
        assertThat(sample.sites()).extracting(Site::name).containsExactly("paris", "berlin");
        assertThat(sample.sites()).extracting(Site::tuning).containsOnly(Tuning.DEFAULT);
        assertThat(sample.sites()).extracting(Site::eids).containsOnly(new EidRule.FirstUse());
    }

    @Test
    void allErrorsAreReportedTogetherInOrder() {
        List<PolicyError> faults = faults(
                """
                servers a@b
                window 1 s
                site paris
                    servers pbx*
                    publish maybe *
                site berlin
                    rate x
                site paris
                    servers pbx1@example.net
                """);

        assertThat(faults).extracting(PolicyError::line).containsExactly(1, 4, 5, 7, 8);
        assertThat(faults.get(0))
                .hasToString("line 1, column 1: a policy begins with a line such as 'site paris', not" + " 'servers'");
        assertThat(faults.get(1).message()).contains("'pbx*'");
        assertThat(faults.get(3).message()).contains("a whole number is needed, not 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aLineEndsAsItDoesAnywhere(String end) {
        assertThat(read("site paris" + end + "servers a@b" + end).sites()).hasSize(1);
    }

    @Test
    void aNameMayContainAHash() {
        Site site = read(LEAST + "publish allow device Local/1#2 # a comment")
                .sites()
                .get(0);
        assertThat(site.publish())
                .containsExactly(new Rule(Rule.Action.ALLOW, NodeType.DEVICE_STATE, new Glob("Local/1#2")));
        assertThat(read(LEAST + "publish allow device Local/1# #gone")
                        .sites()
                        .get(0)
                        .publish())
                .containsExactly(new Rule(Rule.Action.ALLOW, NodeType.DEVICE_STATE, new Glob("Local/1#")));
    }

    @Test
    void aRuleMayNameALaterSiteAndAGlobAMissingOne() {
        Policy policy =
                read(LEAST + "receive deny berlin *\nreceive allow lond* *\nreceive allow paris *\nsite berlin\n");

        assertThat(policy.sites()).hasSize(2);
        assertThat(SiteReferences.dangling(policy)).isEmpty();
        assertThat(SiteReferences.unmatched(policy)).containsExactly("receive rule 2 of paris: allow lond* *");
        assertThat(SiteReferences.to("berlin", policy)).containsExactly("receive rule 1 of paris: deny berlin *");
        assertThat(SiteReferences.to("paris", policy)).isEmpty();
        assertThat(SiteReferences.dangling(policy.without("berlin")))
                .containsExactly("receive rule 1 of paris: deny berlin *");
    }

    @Test
    void aRuleOfAPartMayNameASiteOfAnother() {
        String text = LEAST + "receive deny berlin *";
        assertThat(PolicyParser.parse(text, Set.of("berlin"))).isInstanceOf(ParseResult.Read.class);
        assertThat(faults(text))
                .singleElement()
                .hasToString("line 3, column 14: there is no site 'berlin'; there are paris");
    }

    @Test
    void aSiteIsSuspendedFromTheOthersOrCompletely() {
        assertThat(suspension("no")).isEqualTo(Site.Suspension.NONE);
        assertThat(suspension("yes")).isEqualTo(Site.Suspension.FROM_OTHERS);
        assertThat(suspension("completely")).isEqualTo(Site.Suspension.COMPLETE);
    }

    private static Site.Suspension suspension(String word) {
        return read(LEAST + "suspended " + word).sites().get(0).tuning().suspension();
    }

    public static Policy read(String text) {
        ParseResult result = PolicyParser.parse(text);
        assertThat(result).isInstanceOf(ParseResult.Read.class);
        return ((ParseResult.Read) result).policy();
    }

    private static List<PolicyError> faults(String text) {
        ParseResult result = PolicyParser.parse(text);
        assertThat(result).isInstanceOf(ParseResult.InvalidPolicy.class);
        return ((ParseResult.InvalidPolicy) result).faults();
    }
}
