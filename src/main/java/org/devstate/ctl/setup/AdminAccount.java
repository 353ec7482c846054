// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.nio.file.Path;
import org.devstate.ctl.settings.PasswordFile;
import org.devstate.ctl.setup.own.ConnectionFile;
import org.devstate.ctl.setup.plan.NewSecret;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The account of the administrator.
 *
 * @param exists whether it is there
 * @param password of it; {@code null} if it is asked for when it is needed
 */
record AdminAccount(boolean exists, @Nullable String password) {

    /** Looks for it, finds its password or makes one, and plans the configuration of devstatectl. */
    static AdminAccount plan(
            ServerSetup server,
            SetupRequest request,
            ServerFacts facts,
            @Nullable Path given,
            SourceFiles files,
            SetupConsole console,
            PlanDraft draft)
            throws Failure {
        ConnectionFile connection = new ConnectionFile(files, request);
        Path named = connection.exists() ? connection.passwordFile() : null;
        Path ready = given != null ? given : named != null ? named : connection.newPasswordFile();
        boolean exists = exists(server, request, connection, draft);
        String password = null;
        if (given != null || named != null || files.exists(ready)) {
            password = PasswordFile.read(ready);
        } else if (exists && !connection.exists()) {
            password = asked(request.admin(), console);
            connection.planPassword(password, draft);
        } else if (!exists) {
            if (connection.exists()) {
                throw Failure.usage(
                        request.connectionFile() + " names no password-file, and the account " + request.admin()
                                + " is not there yet: add the line 'password-file = " + ready.getFileName()
                                + "' to it. Nothing was changed");
            }
            password = NewSecret.next();
            connection.planPassword(password, draft);
        }
        if (exists) {
            draft.ok("account " + request.admin());
        } else {
            draft.missing("account " + request.admin() + ": it is made, with the password in " + ready);
        }
        connection.plan(facts, ready, draft);
        return new AdminAccount(exists, password);
    }

    /** If the server cannot be asked now, the account of an earlier run is there. */
    private static boolean exists(ServerSetup server, SetupRequest request, ConnectionFile connection, PlanDraft draft)
            throws Failure {
        if (server.canLookUpAccounts()) {
            return server.hasAccount(request.admin());
        }
        if (!connection.exists()) {
            draft.note("whether the account " + request.admin() + " exists can be seen only while " + server.title()
                    + " is stopped");
        }
        return connection.exists();
    }

    private static String asked(String admin, SetupConsole console) throws Failure {
        String password = console.askPassword("The account " + admin + " exists. Its password:");
        if (password == null) {
            throw Failure.usage(
                    "the account " + admin + " exists, and its password is not known: give it by --password-file, or"
                            + " another account by --admin. Nothing was changed");
        }
        return password;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return exists ? "it exists" : "it does not exist";
    }
}
