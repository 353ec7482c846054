// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.XmppServer;

/** Tests of administration on every host; the topics are interfaces below this one. */
interface AdministrationScenarios {

    /** The folder of all these tests. */
    Path folder();

    XmppServer xmpp();

    /** One with access. */
    Administrator administrator();
}
