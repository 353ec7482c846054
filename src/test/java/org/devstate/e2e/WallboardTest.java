// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.FreePort;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.browser.Chromium;
import org.devstate.testbed.serve.BoardGuard;
import org.devstate.testbed.serve.BoardServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An {@link Office} with the servers in two sites, and {@code devstatectl serve} with a browser beside it. */
abstract class WallboardTest extends OfficeTest
        implements WallboardScenarios, WallboardNameScenarios, WallboardUserScenarios {

    static final HostSetup SETUP = HostSetup.governed(
            """
            site berlin
                servers  pbx1@example.net pbx4*@example.net pbx9*@example.net
                grace    5 s
                publish  drop   device  MWI:*
                publish  allow  *
                receive  allow  *       *
            site paris
                servers  pbx2@example.net pbx3@example.net pbx8*@example.net
                grace    5 s
                publish  drop   device  MWI:*
                publish  allow  *
                receive  deny   berlin  device  Custom:private*
                receive  allow  *       *
            """);

    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));

    private final Path folder = Office.FOLDER.resolve(getClass().getSimpleName());
    private final int port = FreePort.find();
    private Chromium browser;
    private BoardGuard guard;
    private BoardServer server;
    private BoardServer guarded;

    @BeforeAll
    void openBrowser() {
        guard = BoardGuard.make(folder.resolve("guard"), USERS);
        String trust = "--ignore-certificate-errors-spki-list=" + guard.keyHash();
        browser = Chromium.start(Testbed.find(), folder.resolve("browser"), trust);
        server = newServer();
        guarded = BoardServer.startGuarded(JAR, folder.resolve("guarded"), office().xmpp(), FreePort.find(), guard);
    }

    @AfterAll
    void closeBrowser() {
        if (guarded != null) {
            guarded.close();
        }
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Override
    public Chromium browser() {
        return browser;
    }

    @Override
    public BoardServer server() {
        return server;
    }

    @Override
    public void startServer() {
        server = newServer();
    }

    @Override
    public BoardServer guarded() {
        return guarded;
    }

    @Override
    public BoardGuard guard() {
        return guard;
    }

    private BoardServer newServer() {
        return BoardServer.start(JAR, folder.resolve("serve"), office().xmpp(), port);
    }
}
