// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** Prosody with the component beside it. */
public final class ComponentOnProsody implements Contestant {

    private final Prosody prosody;
    private final Path folder;

    private ComponentOnProsody(Prosody prosody, Path folder) {
        this.prosody = prosody;
        this.folder = folder;
    }

    public static ComponentOnProsody start(Testbed testbed, Path folder, Path jar) {
        return new ComponentOnProsody(Prosody.start(testbed, folder, jar, Sites.SETUP), folder);
    }

    @Override
    public String title() {
        return "Prosody + component";
    }

    @Override
    public Address address() {
        return new Address(prosody.clientHost(), prosody.clientPort(), XmppServer.DOMAIN, prosody.service());
    }

    @Override
    public Optional<XmppServer> xmpp() {
        return Optional.of(prosody);
    }

    @Override
    public List<Long> pids() {
        return List.of(prosody.pid(), prosody.component().pid());
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public long heapPid() {
        return prosody.component().pid();
    }

    @Override
    public void prepare(EventLoop loop, List<String> users) {
        ProsodyAccounts.write(folder, users);
    }

    @Override
    public void close() {
        prosody.close();
    }
}
