// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.devstate.core.policy.Policy;
import org.devstate.tigase.security.OpenComponents;
import tigase.server.BasicComponent;

/** Warns once, when the server has started, of settings that let strangers in or harm every Asterisk. Thread-safe. */
public final class StartupWarnings {

    private static final System.Logger LOG = System.getLogger(StartupWarnings.class.getName());

    /** Has the policies in force. */
    @FunctionalInterface
    public interface PolicySource {

        /** Returns them by the addresses of their services. */
        Map<String, Policy> policies();
    }

    /** Has the domains on which anyone can register an account. */
    @FunctionalInterface
    public interface OpenDomains {

        List<String> openDomains();
    }

    private final PolicySource policies;
    private final OpenDomains openDomains;
    private final BasicComponent component;
    private final AtomicBoolean given = new AtomicBoolean();

    /**
     * @param policies those in force
     * @param openDomains the domains on which anyone can register an account
     * @param component has the name of the component that is guarded
     */
    public StartupWarnings(PolicySource policies, OpenDomains openDomains, BasicComponent component) {
        this.policies = policies;
        this.openDomains = openDomains;
        this.component = component;
    }

    /** The server has started. */
    public void give() {
        if (given.compareAndSet(false, true)) {
            Stream.of(
                            OpenRegistration.warning(policies.policies(), openDomains.openDomains()),
                            ServerPings.warning(TigaseInspection.watchdogPingType()))
                    .filter(Objects::nonNull)
                    .forEach(line -> LOG.log(Level.WARNING, line));
            OpenComponents.warn(component.getName());
        }
    }
}
