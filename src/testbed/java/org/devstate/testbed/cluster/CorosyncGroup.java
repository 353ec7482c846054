// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;
import org.devstate.testbed.Place;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;

/** Real corosync daemons that are one group, each in a network namespace of its own. They count from 1. */
public final class CorosyncGroup implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);

    private final Path program;
    private final Path folder;
    private final ClusterNetwork network;
    private final List<ServerProcess> daemons = new ArrayList<>();

    private CorosyncGroup(Path program, Path folder, int members) {
        this.program = program;
        this.folder = folder.toAbsolutePath();
        this.network = ClusterNetwork.open(this.folder.resolve("network"), members, 0);
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> whyNot(Testbed testbed) {
        return testbed.whyNot(Asterisk.COROSYNC).or(ClusterNetwork::whyNot);
    }

    /** Starts so many, and waits until they are one group. */
    public static CorosyncGroup start(Testbed testbed, Path folder, int members) {
        Path program = testbed.server(Asterisk.COROSYNC).resolve("bin/corosync");
        CorosyncGroup group = new CorosyncGroup(program, folder, members);
        try {
            for (int member = 1; member <= members; member++) {
                group.daemons.add(group.launch(member));
            }
            Await.until("corosync has its group; see " + folder, START, group::isTogether);
            return group;
        } catch (RuntimeException | AssertionError e) {
            group.close();
            throw e;
        }
    }

    /** Where a member is. */
    public Place place(int member) {
        return network.node(member);
    }

    public List<Long> pids() {
        return daemons.stream().map(ServerProcess::pid).toList();
    }

    private boolean isTogether() {
        String all = "Sync members[" + network.nodes() + "]:";
        return daemons.stream().allMatch(daemon -> daemon.output().contains(all));
    }

    /** Its settings are corosync's own, but for the transport without encryption. All members share one {@code /run} otherwise. */
    private ServerProcess launch(int member) {
        Path own = folder.resolve(ClusterNetwork.name(member));
        Path config = own.resolve("corosync.conf");
        try {
            Files.createDirectories(own.resolve("run"));
            Files.createDirectories(own.resolve("state"));
            Files.writeString(config, configuration(own.resolve("state")));
            Files.deleteIfExists(own.resolve("corosync.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String mount = "mount --bind '" + own.resolve("run") + "' /run && exec \"$@\"";
        List<String> command = List.of("sh", "-c", mount, "sh", program.toString(), "-f", "-c", config.toString());
        return ServerProcess.start(
                own, own.resolve("corosync.log"), Map.of(), place(member).in(command));
    }

    private String configuration(Path state) {
        StringBuilder nodes = new StringBuilder();
        for (int member = 1; member <= network.nodes(); member++) {
            nodes.append("    node {\n        name: %s%n        nodeid: %d%n        ring0_addr: %s%n    }%n"
                    .formatted(ClusterNetwork.name(member), member, network.address(member)));
        }
        return """
               totem {
                   version: 2
                   cluster_name: devstate
                   transport: udpu
               }
               nodelist {
               %s}
               logging {
                   to_stderr: yes
                   to_syslog: no
               }
               system {
                   state_dir: %s
               }
               """
                .formatted(nodes, state);
    }

    @Override
    public void close() {
        daemons.forEach(ServerProcess::close);
        network.close();
    }
}
