// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.time.Duration;
import java.util.List;
import org.devstate.component.link.LinkConfig;
import org.devstate.component.store.StoreConfig;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the component host, from its configuration file; every value is within its range.
 *
 * @param link how to connect to the XMPP server
 * @param firstConnectTimeout how long to retry the first connection at start-up; {@code null}: without limit
 * @param reconnectMin pause between two attempts to connect, in the first minute
 * @param reconnectMax longest pause between two attempts
 * @param policy the sites; an administrator's command overrides them
 * @param probeInterval interval at which a session that does not share its presence is probed
 * @param limits quotas of each account
 * @param administration the administrators, and the settings for new servers
 * @param store where state is persisted
 */
record ComponentConfig(
        LinkConfig link,
        @Nullable Duration firstConnectTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        Policy policy,
        Duration probeInterval,
        Limits limits,
        AdministrationConfig administration,
        StoreConfig store) {

    /** A configuration is invalid; all errors are reported together. */
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> faults;

        InvalidException(List<String> faults) {
            super(String.join(System.lineSeparator(), faults), null, false, false);
            this.faults = List.copyOf(faults);
        }

        /** Returns one line for each error. */
        List<String> faults() {
            return faults;
        }
    }

    @Override
    public String toString() {
        return link.toString();
    }
}
