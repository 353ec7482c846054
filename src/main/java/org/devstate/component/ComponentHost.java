// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.devstate.component.link.LinkException;
import org.devstate.component.link.LinkFault;
import org.devstate.component.link.ReconnectPauses;
import org.devstate.component.link.SendQueue;
import org.devstate.component.link.ServerLink;
import org.devstate.component.recovery.AdminSessionEnder;
import org.devstate.component.recovery.SessionRecovery;
import org.devstate.component.recovery.SessionSigns;
import org.devstate.component.store.ComponentStore;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.wire.CommandDirectory;
import org.devstate.core.admin.wire.CommandHandler;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the core to the XMPP server while it runs: connects, reconnects, and passes stanzas between the two.
 */
final class ComponentHost {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentHost.class);

    /** At start-up, the XMPP server rejects this component, or could not be reached within the configured time. */
    static final class StartException extends Exception {
        private static final long serialVersionUID = 1;

        StartException(String message) {
            super(message, null, false, false);
        }
    }

    private final ComponentConfig config;
    private final SystemdNotifier systemd;
    private final Jid address;
    private final DeviceStateService service;
    private final CommandHandler commandHandler;
    private final Clock clock = Clock.of(System::currentTimeMillis, System::nanoTime);
    private final ScheduledExecutorService scheduler;
    private final SendQueue outgoing = new SendQueue();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final PresenceWatch presence;
    private final SessionProbe probe;
    private final ProtectionCheck protection;
    private final SessionSigns signs;
    private final AdminSessionEnder ender;
    private final SessionRecovery recovery;

    /**
     * @param store the persisted state, which also takes changes to persist; the caller closes it at the end
     * @param systemd is notified when the component is connected, and when it is not
     */
    ComponentHost(ComponentConfig config, ComponentStore store, SystemdNotifier systemd) {
        this.config = config;
        this.systemd = systemd;
        this.address = Jid.of(config.link().address());
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "devstate-pacer"));
        this.service = new DeviceStateService(
                address, NodeOwnership.SOLE, config.policy(), new Host(clock, this::schedule, outgoing, store::note));
        service.setLimits(config.limits());
        SessionRegistry sessionRegistry = service.sessionRegistry();
        sessionRegistry.persist();
        this.commandHandler = commandHandler(config.administration());
        service.setOperatorLog(new Slf4jOperatorLog());
        store.restoreTo(service, this::stop);
        this.presence = new PresenceWatch(address, service::admits, outgoing, this::sessionEnded);
        this.probe = new SessionProbe(
                address, config.probeInterval().toMillis(), presence::reportsPresence, outgoing, this::sessionEnded);
        this.protection = new ProtectionCheck(address, outgoing, ComponentHost::warnOfMissingList);
        this.signs = new SessionSigns(service::admits);
        this.ender = new AdminSessionEnder(address, clock, outgoing);
        this.recovery = new SessionRecovery(sessionRegistry, signs, ender, clock, LOG::warn);
        sessionRegistry.setConnected(signs::connected);
        sessionRegistry.setEnder(ender);
        service.onAccountsAdmitted(sessions -> schedule(() -> presence.greet(accounts()), 0));
    }

    private static void warnOfMissingList(String account) {
        LOG.warn(
                "{} has no privacy list in ejabberd, so its Asterisk crashes when this component is not connected."
                        + " Set one on ejabberd's machine, see install-component.md, ejabberd (ejabberdctl privacy_set);"
                        + " devstatectl add-server does that for accounts that it makes",
                account);
    }

    /**
     * Runs until {@link #stop}.
     *
     * @throws StartException if the first connection fails
     * @throws InterruptedException if the thread is interrupted
     */
    void run() throws StartException, InterruptedException {
        daemon(outgoing::run, "devstate-sender").start();
        var unused = scheduler.scheduleWithFixedDelay(
                () -> runLogged(probe::tick), SessionProbe.TICK_MS, SessionProbe.TICK_MS, TimeUnit.MILLISECONDS);
        unused = scheduler.scheduleWithFixedDelay(
                () -> runLogged(this::recover),
                SessionRecovery.TICK_MS,
                SessionRecovery.TICK_MS,
                TimeUnit.MILLISECONDS);
        LOG.info("Starting as {}", config);
        ReconnectPauses pauses = new ReconnectPauses(config.reconnectMin(), config.reconnectMax(), clock);
        boolean everConnected = false;
        String lastFault = "";
        long startedAt = clock.monotonicNanos();
        while (stopped.getCount() > 0) {
            try {
                ServerLink next = ServerLink.connect(config.link());
                lastFault = "";
                connected(next, everConnected);
                everConnected = true;
                next.run(this::received);
                outgoing.disconnect();
                pauses.begin();
                if (stopped.getCount() > 0) {
                    LOG.warn(
                            "Connection to {} lost; reconnecting", config.link().server());
                    systemd.waiting("the connection is lost");
                }
            } catch (LinkException e) {
                LinkFault fault = LinkFault.of(e, config.link());
                if (!everConnected && (fault.lasting() || isTooLate(startedAt))) {
                    throw new StartException(fault.message());
                }
                if (!fault.message().equals(lastFault)) {
                    LOG.warn("Cannot connect yet, retrying: {}", fault.message());
                    systemd.waiting(fault.message());
                    lastFault = fault.message();
                }
            }
            if (stopped.await(pauses.next().toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        scheduler.shutdownNow();
        LOG.info("Stopped");
    }

    private boolean isTooLate(long startedAt) {
        Duration timeout = config.firstConnectTimeout();
        return timeout != null && clock.monotonicNanos() - startedAt >= timeout.toNanos();
    }

    /** Ends {@link #run} and closes the stream. Thread-safe. */
    void stop() {
        stopped.countDown();
        service.releaseHeldRequests();
        ServerLink current = outgoing.link();
        if (current != null) {
            current.close();
        }
    }

    private void connected(ServerLink next, boolean again) {
        outgoing.connect(next);
        LOG.info("Connected to {} as {}", config.link().server(), address);
        systemd.connected(config.link().server());
        if (!again) {
            service.awaitServers(); // before that, no server could reconnect
        }
        if (stopped.getCount() == 0) {
            next.close();
            return;
        }
        signs.clear();
        recovery.connected();
        if (again) {
            service.sessionRegistry().interrupt();
            probe.connected();
            presence.askAgain();
            service.resynchronize();
        }
        presence.greet(accounts());
        service.sessionRegistry().persisted().forEach(probe::watch);
        probe.tick();
    }

    /** Returns the known admitted accounts, including those that have sent nothing to this process. */
    private Set<Account> accounts() {
        Set<Account> accounts = new HashSet<>();
        service.policy().sites().forEach(site -> accounts.addAll(site.servers().accounts()));
        service.administration().servers().eids().forEach(bound -> accounts.add(bound.account()));
        service.sessionRegistry().persisted().forEach(session -> accounts.add(session.account()));
        return accounts;
    }

    private void recover() {
        ender.tick();
        recovery.tick();
        service.sessionRegistry().check();
    }

    private void received(ElementView stanza) {
        String from = stanza.attribute("from");
        Jid sender = from == null ? null : Jid.parse(from);
        if (sender == null) {
            return;
        }
        try {
            if (stanza.name().equals("presence")) {
                signs.presence(sender, stanza);
                presence.received(sender, stanza);
            } else if (commandHandler.handle(sender, stanza)) {
                LOG.debug("A command of {}", sender);
            } else if (service.handle(sender, stanza)) {
                watch(sender);
            } else if (isRequest(stanza)) {
                StanzaError error = new StanzaError(
                        StanzaError.Condition.SERVICE_UNAVAILABLE,
                        null,
                        "this service has the nodes device_state and message_waiting only");
                outgoing.send(Replies.error(stanza, address, sender, null, error));
            } else if (stanza.name().equals("iq") && !ender.received(sender, stanza)) {
                protection.received(sender, stanza);
                signs.answer(sender, stanza);
                probe.received(sender, stanza);
            }
        } catch (RuntimeException e) {
            LOG.error("A stanza from {} could not be handled", sender, e);
        }
    }

    private CommandHandler commandHandler(AdministrationConfig administration) {
        Operations operations = service.administration();
        Commands commands =
                Commands.of(operations, administration.enrolment(address), administration.administrators()::admits);
        return new CommandHandler(new CommandDirectory(address, commands, true), operations.history(), clock, outgoing);
    }

    private void watch(Jid session) {
        if (service.admits(session)) {
            presence.watch(session);
            probe.watch(session);
            protection.watch(session);
        }
    }

    private void sessionEnded(Jid session) {
        presence.forget(session);
        probe.forget(session);
        protection.forget(session);
        signs.ended(session);
        service.sessionEnded(session);
        service.sessionRegistry().forget(session);
    }

    private static boolean isRequest(ElementView stanza) {
        String type = stanza.attribute("type");
        return stanza.name().equals("iq") && ("get".equals(type) || "set".equals(type));
    }

    private void schedule(Runnable task, long delayMs) {
        var unused = scheduler.schedule(() -> runLogged(task), delayMs, TimeUnit.MILLISECONDS);
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A scheduled task failed", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
