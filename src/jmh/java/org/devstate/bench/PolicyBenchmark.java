// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Audience;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Decision;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The audience of a device, with twenty sites of ten rules each: computed anew from one site to another, and looked up for all. */
@State(Scope.Benchmark)
public class PolicyBenchmark {

    private static final int SITES = 20;
    private static final int DEVICES = 1_000;

    private final String[] ids = new String[DEVICES];
    private final Jid publisher = Jid.of("pbx1@site7.example.net/asterisk");
    private Policy policy = Policy.CLOSED;
    private CompiledPolicy reach = new CompiledPolicy(policy);
    private int next;

    @Setup
    public void setUp() {
        StringBuilder text = new StringBuilder();
        for (int site = 0; site < SITES; site++) {
            text.append("site s")
                    .append(site)
                    .append("\n servers pbx*@site")
                    .append(site)
                    .append(".example.net\n");
            for (int rule = 0; rule < 8; rule++) {
                text.append(" publish deny device Custom:private").append(rule).append("*\n");
            }
            text.append(" publish allow *\n receive deny s3 mailbox *\n receive allow * *\n");
        }
        policy = ((PolicyParser.ParseResult.Read) PolicyParser.parse(text.toString())).policy();
        reach = new CompiledPolicy(policy);
        for (int i = 0; i < DEVICES; i++) {
            ids[i] = "PJSIP/" + i;
        }
    }

    @Benchmark
    public Decision decide() {
        return Policy.reaches(policy.sites().get(7), policy.sites().get(next % SITES), NodeType.DEVICE_STATE, id());
    }

    @Benchmark
    public Audience lookUp() {
        return reach.audience(publisher, NodeType.DEVICE_STATE, id());
    }

    private String id() {
        next = next + 1 == DEVICES ? 0 : next + 1;
        return ids[next];
    }
}
