// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.util.List;
import java.util.Optional;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.Registration;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;

/** A Tigase, whatever its PubSub is. */
abstract class OnTigase implements Contestant {

    private final Tigase tigase;

    OnTigase(Tigase tigase) {
        this.tigase = tigase;
    }

    @Override
    public final Address address() {
        return new Address(tigase.clientHost(), tigase.clientPort(), XmppServer.DOMAIN, tigase.service());
    }

    @Override
    public final Optional<XmppServer> xmpp() {
        return Optional.of(tigase);
    }

    @Override
    public final List<Long> pids() {
        return List.of(tigase.pid());
    }

    @Override
    public void prepare(EventLoop loop, List<String> users) {
        Registration.register(loop, address(), users);
    }

    @Override
    public final boolean restart() {
        tigase.restart(() -> {});
        return true;
    }

    @Override
    public final void close() {
        tigase.close();
    }
}
