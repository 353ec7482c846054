// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The person at the keyboard, if there is one. */
public interface Terminal {

    /** Whether a person can be asked. */
    boolean isThere();

    /** Asks; returns {@code null} if there is no answer. */
    @Nullable
    String ask(String question);

    /** Asks without echoing the input; returns {@code null} if there is no answer. */
    @Nullable
    String askSecret(String question);

    /** Returns the terminal of this process. From Java 22 on, there is always one unless the property prevents it. */
    @SuppressWarnings("SystemConsoleNull")
    static Terminal ofProcess() {
        System.setProperty("jdk.console", "java.base");
        Console console = System.console();
        return new Terminal() {
            @Override
            public boolean isThere() {
                return console != null;
            }

            @Override
            public @Nullable String ask(String question) {
                return console == null ? null : console.readLine("%s ", question);
            }

            @Override
            public @Nullable String askSecret(String question) {
                char[] secret = console == null ? null : console.readPassword("%s ", question);
                return secret == null ? null : new String(secret);
            }
        };
    }
}
