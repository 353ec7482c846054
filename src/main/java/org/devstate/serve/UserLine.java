package org.devstate.serve;

import java.time.Instant;
import java.util.List;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.security.Rights;
import org.devstate.serve.security.UsersFile;
import org.jspecify.annotations.Nullable;

/**
 * A line for the users file, but for the hash.
 *
 * @param name of the user or token
 * @param rights of it
 * @param until the moment from which on it is not valid; {@code null} for never
 */
record UserLine(String name, Rights rights, @Nullable Instant until) {

    /** @throws Failure if a part is invalid */
    static UserLine of(String name, List<String> rights, @Nullable String until) throws Failure {
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

    /** The whole line. */
    String with(String hash) {
        return name + " " + hash + " " + rights + (until == null ? "" : " until=" + until);
    }
}
