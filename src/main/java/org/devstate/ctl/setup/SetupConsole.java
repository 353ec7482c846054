// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.devstate.ctl.command.Terminal;
import org.devstate.ctl.setup.plan.ChangeView;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.FileCopy;
import org.devstate.ctl.setup.plan.SetupFinding;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Shows and asks. Not thread-safe. */
final class SetupConsole {

    private final Terminal terminal;
    private final PrintWriter out;
    private final boolean yes;

    /** @param yes whether the user confirms everything beforehand */
    SetupConsole(Terminal terminal, PrintWriter out, boolean yes) {
        this.terminal = terminal;
        this.out = out;
        this.yes = yes;
    }

    PrintWriter out() {
        return out;
    }

    void show(String line) {
        out.println(line);
    }

    void show(List<SetupFinding> findings) {
        findings.forEach(finding -> out.printf("  %-9s%s%n", finding.state().word(), finding.text()));
    }

    void show(FileChange change) {
        out.println();
        out.println((change.before() == null ? "New file " : "Change of ") + change.file() + ": " + change.purpose()
                + (change.before() == null ? ", mode " + change.access().mode() : ""));
        ChangeView.of(change).forEach(out::println);
    }

    void show(FileCopy copy) {
        out.println();
        out.println("New file " + copy.file() + ": copy of " + copy.source());
    }

    /** Whether a person can be asked. */
    boolean canAsk() {
        return terminal.isThere() && !yes;
    }

    /**
     * Whether the user confirms.
     *
     * @throws Failure if there is no terminal
     */
    boolean confirms(String question) throws Failure {
        if (yes) {
            return true;
        }
        if (!terminal.isThere()) {
            throw Failure.usage(
                    "nothing was changed: there is no terminal to ask for confirmation; use --yes, or --dry-run to see"
                            + " the changes only");
        }
        out.flush();
        String answer = terminal.ask(question + " [y/N]");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** The answer to a question; {@code fallback} if that is empty. */
    String ask(String question, String fallback) {
        out.flush();
        String answer = terminal.ask(question + (fallback.isEmpty() ? "" : " [" + fallback + "]"));
        return answer == null || answer.isBlank() ? fallback : answer.strip();
    }

    /** A password; {@code null} if there is none. */
    @Nullable
    String askPassword(String question) {
        out.flush();
        String answer = terminal.isThere() ? terminal.askSecret(question) : null;
        return answer == null || answer.isEmpty() ? null : answer;
    }
}
