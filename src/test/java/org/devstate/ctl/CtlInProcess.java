// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.devstate.ctl.command.Terminal;
import org.devstate.ctl.xmpp.SmackService;
import org.jspecify.annotations.Nullable;

/** devstatectl as it is, but in this process and without a user at the terminal. */
public final class CtlInProcess {

    private static final Terminal NOBODY = new Terminal() {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public @Nullable String ask(String question) {
            return null;
        }

        @Override
        public @Nullable String askSecret(String question) {
            return null;
        }
    };

    /** Its exit status and its output. */
    public record Outcome(int status, String out, String err) {}

    private CtlInProcess() {}

    /** Runs it to its end. */
    public static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Devstatectl.commandLine(SmackService::open, NOBODY)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(status, out.toString(), err.toString());
    }
}
