// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.RequestParser;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.validation.ItemValidator;
import org.devstate.core.validation.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the stanza to the value: Asterisk's publish, read and judged. */
@State(Scope.Benchmark)
public class RequestBenchmark {

    private final XmlElement stanza = PublishStanza.state("PJSIP/12345", "00:11:22:33:44:5a", "INUSE");

    @Benchmark
    public Verdict parseAndValidate() {
        Request.Publish request = (Request.Publish) RequestParser.parseCertain(stanza);
        if (request == null) {
            throw new IllegalStateException("not a publish");
        }
        return ItemValidator.validate(request.target(), request.publish());
    }
}
