// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.commands;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.DeviceStateService;
import org.devstate.core.admin.Administrators;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.wire.CommandDirectory;
import org.devstate.core.admin.wire.CommandHandler;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.StanzaSender;

/** The handlers of the commands of administrators, one for each service. Thread-safe. */
public final class CommandHandlers {

    /** How servers are enrolled. */
    @FunctionalInterface
    public interface Enrolments {

        /** Returns how those of the service at {@code address} are. */
        Enrolment of(Jid address);
    }

    private record ServiceHandler(DeviceStateService service, CommandHandler handler) {}

    private final Map<String, ServiceHandler> places = new ConcurrentHashMap<>();
    private final Enrolments enrolments;
    private final Administrators administrators;
    private final Clock clock;
    private final StanzaSender sender;

    /**
     * @param enrolments how servers of a service are enrolled
     * @param administrators whether a session is an administrator's
     */
    public CommandHandlers(Enrolments enrolments, Administrators administrators, Clock clock, StanzaSender sender) {
        this.enrolments = enrolments;
        this.administrators = administrators;
        this.clock = clock;
        this.sender = sender;
    }

    /** The handler of the service of that domain; another one if that service is new. */
    public CommandHandler at(String domain, DeviceStateService service) {
        return places.compute(
                        domain,
                        (same, known) ->
                                known != null && known.service == service ? known : place(Jid.of(domain), service))
                .handler;
    }

    /** Has how servers are enrolled asked anew; commands that have been begun end. */
    public void renew() {
        places.clear();
    }

    /** Forgets the handlers of services that are no more. */
    public void keepOnly(Collection<DeviceStateService> services) {
        places.values().removeIf(place -> !services.contains(place.service));
    }

    private ServiceHandler place(Jid address, DeviceStateService service) {
        Commands commands = commands(address, service);
        return new ServiceHandler(
                service,
                new CommandHandler(
                        new CommandDirectory(address, commands, false),
                        service.administration().history(),
                        clock,
                        sender));
    }

    /** The commands that every service offers. */
    public List<Commands.Offer> offers(DeviceStateService service) {
        // Any address will do, because only the names are read.
        return commands(Jid.of("localhost"), service).offers();
    }

    private Commands commands(Jid address, DeviceStateService service) {
        return Commands.of(service.administration(), enrolments.of(address), administrators);
    }
}
