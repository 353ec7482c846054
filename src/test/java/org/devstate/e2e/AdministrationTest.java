// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.util.List;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** A host whose administrator uses devstatectl; the scenarios are interfaces, so that one host serves them all. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdministrationTest implements AdministrationScenarios {

    private final Path folder = Office.FOLDER.resolve(getClass().getSimpleName());
    private XmppServer xmpp;
    private Administrator administrator;

    /** Starts the XMPP server with the service, in {@code folder}. */
    abstract XmppServer startXmpp(Testbed servers, Path folder);

    @BeforeAll
    void startHost() {
        xmpp = startXmpp(Testbed.find(), folder.resolve("xmpp"));
        List.of("admin", "mallory", "pbx1", "pbx2", "pbx3").forEach(xmpp::addAccount);
        administrator = new Administrator(folder.resolve("admin"), xmpp, "admin", "admin");
    }

    @AfterAll
    void stopHost() {
        if (xmpp != null) {
            xmpp.close();
        }
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public XmppServer xmpp() {
        return xmpp;
    }

    @Override
    public Administrator administrator() {
        return administrator;
    }
}
