package org.devstate.tigase;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.devstate.core.DeviceStateService;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.Enrolment;
import org.devstate.core.admin.Operations;
import org.devstate.core.admin.wire.CommandDesk;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Accounts;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.StanzaSender;

/** Where administrators have commands carried out, one for each service. Thread-safe. */
final class CommandDesks {

    private final Map<String, CommandDesk> desks = new ConcurrentHashMap<>();
    private final Function<String, DeviceStateService> services;
    private final Function<Jid, Enrolment> enrolments;
    private final Predicate<Jid> administrators;
    private final Clock clock;
    private final StanzaSender sender;

    /**
     * @param services the service of each domain
     * @param enrolments how servers of a service are enrolled
     * @param administrators who may run commands
     */
    CommandDesks(
            Function<String, DeviceStateService> services,
            Function<Jid, Enrolment> enrolments,
            Predicate<Jid> administrators,
            Clock clock,
            StanzaSender sender) {
        this.services = services;
        this.enrolments = enrolments;
        this.administrators = administrators;
        this.clock = clock;
        this.sender = sender;
    }

    /** The one of the service of that domain. */
    CommandDesk at(String domain) {
        return desks.computeIfAbsent(domain, this::desk);
    }

    private CommandDesk desk(String domain) {
        Jid service = Jid.of(domain);
        Operations operations = services.apply(domain).administration();
        Commands commands = Commands.of(operations, enrolments.apply(service), administrators);
        return new CommandDesk(service, commands, operations.journal(), false, clock, sender);
    }

    /** Which commands there are at each of them, whatever the service. */
    static List<Commands.Offer> offers(DeviceStateService any) {
        Jid nowhere = Jid.of("localhost");
        return Commands.of(any.administration(), Enrolment.at(nowhere, new NoAccounts()), jid -> false)
                .offers();
    }

    private static final class NoAccounts implements Accounts {

        @Override
        public Outcome create(String account, String password) {
            return new Outcome.Elsewhere("");
        }

        @Override
        public Outcome delete(String account) {
            return new Outcome.Elsewhere("");
        }
    }
}
