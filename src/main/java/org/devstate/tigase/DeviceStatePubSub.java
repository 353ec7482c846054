package org.devstate.tigase;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.DeviceStateService;
import org.devstate.core.access.AccountGlobs;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;
import tigase.kernel.beans.Bean;
import tigase.kernel.beans.config.ConfigField;
import tigase.kernel.core.Kernel;
import tigase.pubsub.PubSubComponent;
import tigase.server.Packet;
import tigase.sys.TigaseRuntime;
import tigase.util.common.TimerTask;
import tigase.xmpp.jid.JID;

/**
 * Tigase's PubSub component with nodes of our own: what is about {@code device_state} and {@code message_waiting} on a service
 * address is handled by a {@link DeviceStateService}, one for each such address; all else by Tigase as before. Enabled in
 * config.tdsl by
 *
 * <pre>pubsub (class: org.devstate.tigase.DeviceStatePubSub, active: true) { 'asterisk-accounts' = [ 'pbx*@example.net' ] }</pre>
 *
 * <p>Inactive under its own name, so that a server that has the jar but not the line behaves as if it had neither.
 */
@Bean(name = "device-state-pubsub", parent = Kernel.class, active = false)
public class DeviceStatePubSub extends PubSubComponent {

    private static final System.Logger LOG = System.getLogger(DeviceStatePubSub.class.getName());

    private final Map<String, DeviceStateService> services = new ConcurrentHashMap<>();

    /** What is wrong with the configuration; known before the start. */
    private final List<String> faults = new ArrayList<>();

    @ConfigField(
            desc = "Accounts of Asterisk servers that are let in, as globs such as 'pbx*@example.net'; none when empty",
            alias = "asterisk-accounts")
    private String[] asteriskAccounts = {};

    private volatile boolean running;
    private volatile AccountGlobs admitted = AccountGlobs.of(List.of());

    /**
     * Takes the accounts that are let in; for Tigase's configuration. What is wrong ends the start of the server; in a running
     * one it is logged, and what was before stays.
     */
    public void setAsteriskAccounts(String[] accounts) {
        try {
            AccountGlobs globs = AccountGlobs.of(List.of(accounts));
            asteriskAccounts = accounts.clone();
            admitted = globs;
            services.values().forEach(service -> service.admit(globs));
        } catch (IllegalArgumentException e) {
            String fault = "pubsub 'asterisk-accounts': " + e.getMessage();
            if (running) {
                LOG.log(Level.ERROR, fault + "; not changed");
            } else {
                faults.add(fault);
            }
        }
    }

    /** The accounts that are let in; for Tigase's configuration. */
    public String[] getAsteriskAccounts() {
        return asteriskAccounts.clone();
    }

    /** Starts, or stops the whole server where its configuration would have to be guessed at. */
    @Override
    public void start() {
        if (!faults.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of("ERROR! tigase-devstate can't start. In etc/config.tdsl:"));
            lines.addAll(faults);
            TigaseRuntime.getTigaseRuntime().shutdownTigase(lines.toArray(new String[0]));
        }
        super.start();
        running = true;
        if (admitted.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "No Asterisk server is let in: in etc/config.tdsl, give the bean pubsub"
                            + " 'asterisk-accounts' = [ 'pbx*@example.net' ]");
        }
    }

    @Override
    public void processPacket(Packet packet) {
        if (!handledHere(packet)) {
            super.processPacket(packet);
        }
    }

    /**
     * Keeps what one client says, and what one client is told, in order: all packets between that client and a service go
     * through one queue. (Stock PubSub spreads them over threads.)
     */
    @Override
    public int hashCodeForPacket(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null) {
            return super.hashCodeForPacket(packet);
        }
        if (to.getLocalpart() == null && from.getLocalpart() != null) {
            return from.getBareJID().hashCode();
        }
        if (from.getLocalpart() == null && to.getLocalpart() != null) {
            return to.getBareJID().hashCode();
        }
        return super.hashCodeForPacket(packet);
    }

    private boolean handledHere(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null || to.getLocalpart() != null || to.getResource() != null) {
            return false;
        }
        @Nullable Jid sender = Jid.parse(from.toString());
        return sender != null && service(to.getDomain()).handle(sender, Elements.view(packet.getElement()));
    }

    private DeviceStateService service(String domain) {
        return services.computeIfAbsent(
                domain,
                name -> new DeviceStateService(
                        Jid.of(name), admitted, System::currentTimeMillis, this::schedule, this::send));
    }

    private void send(Jid to, XmlElement stanza) {
        JID from = JID.jidInstanceNS(stanza.attributes().get("from"));
        addOutPacket(Packet.packetInstance(Elements.toTigase(stanza), from, JID.jidInstanceNS(to.toString())));
    }

    private void schedule(Runnable task, long delayMs) {
        addTimerTask(
                new TimerTask() {
                    @Override
                    public void run() {
                        task.run();
                    }
                },
                delayMs);
    }
}
