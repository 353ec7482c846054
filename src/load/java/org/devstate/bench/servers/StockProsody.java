// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.testbed.ProsodyPubSub;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** Prosody with its own PubSub, of which every account is an administrator, as nothing works otherwise. */
public final class StockProsody implements Contestant {

    private final ProsodyPubSub prosody;
    private final Path folder;

    private StockProsody(ProsodyPubSub prosody, Path folder) {
        this.prosody = prosody;
        this.folder = folder;
    }

    /**
     * Starts a Prosody with its own PubSub.
     *
     * @param users the accounts that publish and subscribe
     */
    public static StockProsody start(Testbed testbed, Path folder, List<String> users) {
        return new StockProsody(ProsodyPubSub.start(testbed, folder, users), folder);
    }

    @Override
    public String title() {
        return "stock Prosody";
    }

    @Override
    public Address address() {
        return new Address("127.0.0.1", prosody.clientPort(), XmppServer.DOMAIN, ProsodyPubSub.SERVICE);
    }

    @Override
    public List<Long> pids() {
        return List.of(prosody.pid());
    }

    @Override
    public boolean isOurs() {
        return false;
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
