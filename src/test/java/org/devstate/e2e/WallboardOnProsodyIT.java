package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** The wallboard with the component host beside a real Prosody. */
final class WallboardOnProsodyIT extends WallboardTest {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")), SETUP);
    }
}
