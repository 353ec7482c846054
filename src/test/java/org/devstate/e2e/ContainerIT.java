// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.devstate.testbed.Await;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The container, built from the Containerfile and the Debian packages and run by Podman, beside a real Prosody and real Asterisk servers. Its base
 * image is made from Debian's packages, because no registry of images is asked.
 */
@Tag("e2e")
@Tag("long")
@Timeout(900)
final class ContainerIT {

    private static final Path TARGET =
            Path.of(System.getProperty("devstate.target")).toAbsolutePath();
    private static final String IMAGE = "tigase-devstate";
    private static final List<String> TOOLS = List.of("podman", "runc", "mmdebstrap");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bookworm", "trixie"})
    void asteriskServersShareStatesThroughTheContainer(String release) throws Exception {
        List<String> missing = TOOLS.stream().filter(tool -> !isInstalled(tool)).toList();
        assumeTrue(missing.isEmpty(), () -> "NOT RUN: needs " + String.join(", ", missing));
        run(List.of(
                "mmdebstrap",
                "--quiet",
                "--variant=minbase",
                release,
                folder.resolve("base.tar").toString()));
        podman("import", folder.resolve("base.tar").toString(), "debian:" + release);
        podman(
                "build",
                "--isolation=chroot",
                "--network=host",
                "--build-arg=BASE=debian:" + release,
                "--tag=" + IMAGE,
                "--file=" + Path.of("src/container/Containerfile").toAbsolutePath(),
                TARGET.toString());

        Path office = Office.FOLDER.resolve("ContainerIT-" + release).toAbsolutePath();
        Prosody prosody = Prosody.start(Testbed.find(), office, Path.of(System.getProperty("devstate.componentJar")));
        prosody.stopComponent(false);
        Path configuration = Files.writeString(
                folder.resolve("component.conf"),
                configurationOfTheImage() + Files.readString(prosody.component().configuration()));
        try (ServerProcess container =
                ServerProcess.start(folder, folder.resolve("container.log"), Map.of(), containerOf(configuration))) {
            Await.until(
                    "the container has connected",
                    Duration.ofMinutes(2),
                    () -> hasConnected(container, prosody.componentPort()));
            share(office, prosody);

            container.signal("TERM");
            Await.until("the container ends", Office.CONNECT, () -> !container.isAlive());
            assertThat(container.exitStatus()).isEqualTo(143);
        } finally {
            podman("rm", "--all", "--force");
            podman("system", "reset", "--force");
        }
    }

    /** As the guide takes it; what is appended overrides what it has. */
    private String configurationOfTheImage() {
        return run(runOf("--rm", "--entrypoint=cat", IMAGE, "/etc/tigase-devstate/component.conf"));
    }

    private static boolean hasConnected(ServerProcess container, int port) {
        if (!container.isAlive()) {
            throw new IllegalStateException("the container ended: " + container.output());
        }
        return container.output().contains("Connected to 127.0.0.1:" + port);
    }

    private static void share(Path folder, Prosody prosody) {
        try (Office servers = new Office(folder, prosody)) {
            servers.server(1).setDeviceState("Custom:agent1", "INUSE");
            servers.awaitMemberOnOthers(1, "Custom:agent1", "(In use)", Office.CONNECT);
        }
    }

    private List<String> containerOf(Path configuration) {
        return runOf(
                "--name=devstate", "--volume=" + configuration + ":/etc/tigase-devstate/component.conf:ro,U", IMAGE);
    }

    /** With limits that are not above those of this machine: only root of the machine itself could raise them. */
    private List<String> runOf(String... arguments) {
        List<String> command =
                podmanCommand("run", "--network=host", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1000:1000");
        command.addAll(List.of(arguments));
        return command;
    }

    private void podman(String... arguments) {
        run(podmanCommand(arguments));
    }

    /** With a store of images of its own. Of Debian's runtimes, runc is the one that takes both versions of control groups side by side. */
    private List<String> podmanCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of("podman", "--storage-driver=overlay", "--runtime=runc"));
        command.addAll(List.of("--cgroup-manager=cgroupfs", "--root=" + folder.resolve("images")));
        command.add("--runroot=" + folder.resolve("containers"));
        command.addAll(List.of(arguments));
        return command;
    }

    private String run(List<String> command) {
        return ServerProcess.run(folder, Map.of(), command);
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
    }
}
