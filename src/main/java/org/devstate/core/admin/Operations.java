package org.devstate.core.admin;

import org.devstate.core.admin.entries.Entries;
import org.devstate.core.admin.history.History;
import org.devstate.core.admin.servers.Servers;
import org.devstate.core.admin.sites.Sites;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the service that commands show and change.
 *
 * @param sites the policy
 * @param servers the Asterisk servers
 * @param entries the stored entries
 * @param history changes, rejections and counters
 * @param outage why the service is not serving, if it is not
 */
public record Operations(Sites sites, Servers servers, Entries entries, History history, Outage outage) {

    /** Whether the service is serving. Thread-safe. */
    public interface Outage {

        /** Why the service is not serving, for administrators; {@code null} if it is. */
        @Nullable
        String reason();
    }
}
