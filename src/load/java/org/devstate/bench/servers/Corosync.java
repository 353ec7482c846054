// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.cluster.CorosyncGroup;

/** No server but a group of corosync, of which each Asterisk has a daemon beside it, in a network namespace for both. */
public final class Corosync implements Contestant {

    private static final int MEMBERS = 2;

    private final Testbed testbed;
    private final CorosyncGroup group;

    private Corosync(Testbed testbed, CorosyncGroup group) {
        this.testbed = testbed;
        this.group = group;
    }

    public static Corosync start(Testbed testbed, Path folder) {
        return new Corosync(testbed, CorosyncGroup.start(testbed, folder, MEMBERS));
    }

    @Override
    public String title() {
        return "corosync";
    }

    @Override
    public boolean takesClients() {
        return false;
    }

    @Override
    public Address address() {
        throw new UnsupportedOperationException("no client can log in at corosync");
    }

    @Override
    public boolean takesPartIn(String measurement) {
        return measurement.equals("asterisk");
    }

    @Override
    public List<Long> pids() {
        return group.pids();
    }

    @Override
    public Optional<AsteriskPair> startAsterisks(Path folder, List<String> devices) {
        return Optional.of(AsteriskPair.of(
                () -> start(AsteriskPair.PUBLISHER, 1, folder, devices),
                () -> start(AsteriskPair.SUBSCRIBER, 2, folder, devices),
                asterisk -> asterisk.isInCorosyncOf(MEMBERS)));
    }

    private Asterisk start(String name, int member, Path folder, List<String> devices) {
        return Asterisk.startWithCorosync(testbed, folder, name, member, group.place(member), devices);
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void prepare(EventLoop loop, List<String> users) {
        // It has no accounts.
    }

    @Override
    public void close() {
        group.close();
    }
}
