package org.devstate.core.admin.operations;

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
