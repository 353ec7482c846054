// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link LostServersOnProsodyIT}, of a server and Tigase. */
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits
@EnabledIf(value = "tigaseIsThere", disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class LostServersInTigaseIT extends OfficeTest {

    static boolean tigaseIsThere() {
        return Tigase.home().isPresent();
    }

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Tigase.start(Tigase.home().orElseThrow(), folder);
    }

    static Stream<LostServers> orders() {
        if (Boolean.getBoolean(LostServers.ALL)) {
            return LostServers.all(LostServers.SERVER, "XMPP server");
        }
        return Stream.of(
                new LostServers(List.of(LostServers.SERVER, "XMPP server"), false),
                new LostServers(List.of("XMPP server", LostServers.SERVER), true));
    }

    @Execution(ExecutionMode.SAME_THREAD) // one order after the other
    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void whateverIsKilledNoLampStaysLitForAServerThatIsGone(LostServers killed) throws InterruptedException {
        killed.run(office());
    }
}
