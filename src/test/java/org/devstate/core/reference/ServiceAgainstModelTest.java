// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.devstate.core.nodes.NodeOwnership;

/**
 * Whatever happens, the service keeps the rules of the design. {@code -Djqwik.tries.default=100000} looks for what the
 * usual five hundred tries do not find.
 */
final class ServiceAgainstModelTest {

    @Provide
    Arbitrary<List<Step>> steps() {
        return Steps.any().list().ofMaxSize(60);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void fromNothing(@ForAll NodeOwnership ownership, @ForAll("steps") List<Step> steps) {
        ModelRunner.run(ownership, steps);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void withAllSessionsPresent(@ForAll NodeOwnership ownership, @ForAll("steps") List<Step> steps) {
        List<Step> all = new ArrayList<>(Steps.beginning());
        all.addAll(steps);
        ModelRunner.run(ownership, all);
    }
}
