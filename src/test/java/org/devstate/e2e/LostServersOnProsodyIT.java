// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No lamp stays lit by a server that is gone, whatever ended with it: a server, Prosody and the component, killed in some order. All
 * orders are tried with {@code -Ddevstate.allKills=true}.
 */
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits
final class LostServersOnProsodyIT extends OfficeTest {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    static Stream<LostServers> orders() {
        if (Boolean.getBoolean(LostServers.ALL)) {
            return LostServers.all(LostServers.SERVER, "XMPP server", "component");
        }
        return Stream.of(
                new LostServers(List.of(LostServers.SERVER, "XMPP server", "component"), false),
                new LostServers(List.of("component", LostServers.SERVER, "XMPP server"), true));
    }

    @Execution(ExecutionMode.SAME_THREAD) // one order after the other
    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void whateverIsKilledNoLampStaysLitForAServerThatIsGone(LostServers killed) throws InterruptedException {
        killed.run(office());
    }
}
