// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.time.Instant;
import java.util.List;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.security.Rights;
import org.devstate.serve.security.UsersFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of the commands that make a line for the users file. */
final class UserArguments {

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Name of the user or token: letters, digits and . _ @ -.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "RIGHT",
            description = "look, look:SITE,SITE for some sites only, or set. Default: look.")
    private List<String> rights = List.of("look");

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "The line is not valid from this date on (UTC). Default: it does not expire.")
    private @Nullable String until;

    /**
     * The line, but for the hash.
     *
     * @throws Failure if an argument is invalid
     */
    UserLine line() throws Failure {
        if (!UsersFile.isName(name)) {
            throw Failure.usage(
                    "'" + name + "' is no name: 1 to 64 letters, digits and . _ @ -, a letter or digit first");
        }
        try {
            return new UserLine(name, UsersFile.rights(rights), until == null ? null : UsersFile.date(until));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }

    /** A line of the users file, but for its hash; without an end if {@code until} is {@code null}. */
    record UserLine(String name, Rights rights, @Nullable Instant until) {

        /** The whole line. */
        String with(String hash) {
            return name + " " + hash + " " + rights + (until == null ? "" : " until=" + until);
        }
    }
}
