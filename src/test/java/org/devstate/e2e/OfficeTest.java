// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Opens an {@link Office} on one host; the scenarios are interfaces, so that one office serves them all. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OfficeTest {

    private Office office;

    /** Starts the XMPP server with the service, in {@code folder}. */
    abstract XmppServer startXmpp(Testbed servers, Path folder);

    @BeforeAll
    void openOffice() {
        Path folder = Office.FOLDER.resolve(getClass().getSimpleName());
        office = new Office(folder, startXmpp(Testbed.find(), folder.resolve("xmpp")));
    }

    @AfterAll
    void closeOffice() {
        if (office != null) {
            office.close();
        }
    }

    @AfterEach
    void everyServerStillRuns() {
        office.assertEveryServerRuns();
    }

    public Office office() {
        return office;
    }
}
