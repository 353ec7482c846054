package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.XmppServer;

/** What holds for administrators on every host; the topics are interfaces below this one. */
interface AdministrationScenarios {

    /** Where all of these tests write. */
    Path folder();

    XmppServer xmpp();

    /** One who may. */
    Administrator administrator();
}
