package org.devstate.tigase.startup;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.devstate.core.policy.Policy;
import org.devstate.tigase.security.OpenComponents;

/** Warns once, when the server has started, of settings that let strangers in or harm every Asterisk. Thread-safe. */
public final class StartupWarnings {

    private static final System.Logger LOG = System.getLogger(StartupWarnings.class.getName());

    private final Supplier<Map<String, Policy>> policies;
    private final Supplier<List<String>> openDomains;
    private final Supplier<String> component;
    private final AtomicBoolean given = new AtomicBoolean();

    /**
     * @param policies those in force, by the addresses of their services
     * @param openDomains the domains on which anyone can register an account
     * @param component the component's name
     */
    public StartupWarnings(
            Supplier<Map<String, Policy>> policies, Supplier<List<String>> openDomains, Supplier<String> component) {
        this.policies = policies;
        this.openDomains = openDomains;
        this.component = component;
    }

    /** The server has started. */
    public void give() {
        if (given.compareAndSet(false, true)) {
            Stream.of(
                            OpenRegistration.warning(policies.get(), openDomains.get()),
                            ServerPings.warning(TigaseInspection.watchdogPingType()))
                    .filter(Objects::nonNull)
                    .forEach(line -> LOG.log(Level.WARNING, line));
            OpenComponents.warn(component.get());
        }
    }
}
