package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.Registration;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;

/** Tigase with the plugin. */
public final class PluginInTigase implements Contestant {

    private final Tigase tigase;

    private PluginInTigase(Tigase tigase) {
        this.tigase = tigase;
    }

    public static PluginInTigase start(Path home, Path folder) {
        return new PluginInTigase(Tigase.start(home, folder, Sites.SETUP));
    }

    @Override
    public String title() {
        return "plugin in Tigase";
    }

    @Override
    public Address address() {
        return new Address(tigase.clientPort(), XmppServer.DOMAIN, tigase.service());
    }

    @Override
    public Optional<XmppServer> xmpp() {
        return Optional.of(tigase);
    }

    @Override
    public List<Long> pids() {
        return List.of(tigase.pid());
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public long heapPid() {
        return tigase.pid();
    }

    @Override
    public void prepare(EventLoop loop, List<String> users) {
        Registration.register(loop, address(), users);
    }

    @Override
    public boolean restart() {
        tigase.restart(() -> {});
        return true;
    }

    @Override
    public void close() {
        tigase.close();
    }
}
