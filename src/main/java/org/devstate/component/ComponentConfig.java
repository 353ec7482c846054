package org.devstate.component;

import java.time.Duration;
import java.util.List;
import org.devstate.component.store.StoreConfig;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What the component host is told by its configuration file; every value is within its range.
 *
 * @param host name or address of the XMPP server
 * @param port where the XMPP server takes components
 * @param address the service's own address, such as {@code devstate.example.net}
 * @param secret shared with the XMPP server
 * @param connectTimeout how long one attempt to connect may take
 * @param firstConnectTimeout how long to try to connect at the start before giving up; {@code null}: for as long as it takes
 * @param reconnectMin pause between two attempts to connect, in the first minute
 * @param reconnectMax longest pause between two attempts
 * @param policy the sites, as long as nothing else was set by an administrator's command
 * @param probeInterval in which a session that does not share its presence is asked once whether it is still there
 * @param limits how much each account may ask
 * @param administering who may run commands, and what new servers are told
 * @param store where to keep what outlives a restart
 */
public record ComponentConfig(
        String host,
        int port,
        String address,
        String secret,
        Duration connectTimeout,
        @Nullable Duration firstConnectTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        Policy policy,
        Duration probeInterval,
        Limits limits,
        AdministrationConfig administering,
        StoreConfig store) {

    /** What is wrong with a configuration: all of it. */
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> faults;

        InvalidException(List<String> faults) {
            super(String.join(System.lineSeparator(), faults), null, false, false);
            this.faults = List.copyOf(faults);
        }

        /** One line for each fault. */
        List<String> faults() {
            return faults;
        }
    }

    @Override
    public String toString() {
        return "component " + address + " at " + host + ":" + port;
    }
}
