package org.devstate.tigase;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.devstate.core.DeviceStateService;
import org.devstate.core.access.Policy;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.Tenancy;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.StanzaSender;
import org.jspecify.annotations.Nullable;

/** One {@link DeviceStateService} for each service address; what one knows, no other does. Thread-safe. */
final class Services {

    private static final System.Logger LOG = System.getLogger(Services.class.getName());

    /** Milliseconds until what could not be read from the database is tried again. */
    private static final long RESTORE_AGAIN_MS = 30_000;

    private final Map<String, DeviceStateService> services = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Scheduler scheduler;
    private final StanzaSender sender;
    private final Supplier<@Nullable StoreBean> store;
    private volatile Settings settings = Settings.CLOSED;

    /** @param store where what outlives a restart is kept; asked for each service that is made */
    Services(Clock clock, Scheduler scheduler, StanzaSender sender, Supplier<@Nullable StoreBean> store) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.sender = sender;
        this.store = store;
    }

    /** Puts other settings in force, for all services. */
    void configure(Settings changed) {
        settings = changed;
        services.values().forEach(this::configure);
    }

    private void configure(DeviceStateService service) {
        if (!service.configurePolicy(settings.policy())) {
            LOG.log(
                    Level.WARNING,
                    "The sites of the configuration do not count: others were set by command, and are kept");
        }
        service.setLimits(settings.limits());
    }

    /** The one at that domain; made when it is asked for the first time. */
    DeviceStateService at(String domain) {
        return services.computeIfAbsent(domain, this::make);
    }

    void forEach(Consumer<DeviceStateService> action) {
        services.values().forEach(action);
    }

    /** One that belongs to no address, and keeps nothing. */
    DeviceStateService unattached() {
        return new DeviceStateService(Jid.of("localhost"), Tenancy.SHARED, Policy.CLOSED, clock, scheduler, sender);
    }

    private DeviceStateService make(String domain) {
        StoreBean bean = store.get();
        @Nullable KeptState kept = bean == null ? null : bean.of(domain, settings.storeIntervalMs());
        DeviceStateService service = new DeviceStateService(
                Jid.of(domain),
                Tenancy.SHARED,
                settings.policy(),
                clock,
                scheduler,
                sender,
                kept == null ? change -> {} : kept::note);
        service.setLimits(settings.limits());
        service.tell(new LoggedEvents());
        if (kept != null && !kept.restoreTo(service)) {
            scheduler.schedule(() -> services.remove(domain, service), RESTORE_AGAIN_MS);
        }
        return service;
    }
}
