// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of an Asterisk in which everything uses the device states and mailboxes of others: hints and queue members on them,
 * the manager interface, applications with device states of their own. Modules that publish in answer to a notification are left out:
 * over TLS, an Asterisk that sends much while it receives much loses its connection now and then, by itself.
 */
final class ConsumerFiles {

    private static final List<String> MODULES = List.of(
            "res_manager_devicestate",
            "res_stasis",
            "res_stasis_device_state",
            "bridge_holding",
            "app_confbridge",
            "res_parking",
            "app_agent_pool");

    private ConsumerFiles() {}

    /**
     * Adds to the files of {@link AsteriskFiles}.
     *
     * @param listensAt the address of the manager interface
     * @param devices names for hints and queue members
     * @return the port of the manager interface
     */
    static int add(Path folder, String listensAt, List<String> devices) {
        int port = Folders.freePort();
        StringBuilder modules = new StringBuilder();
        MODULES.forEach(module -> modules.append("load = ").append(module).append(".so\n"));
        append(folder.resolve("modules.conf"), modules);
        Path all = folder.resolve("modules.conf");
        Folders.write(all, Folders.read(all, 0).replace(Asterisk.MAILBOXES_AS_DEVICES, "app_voicemail.so"));
        Folders.write(
                folder.resolve("manager.conf"),
                """
                [general]
                enabled = yes
                bindaddr = %4$s
                port = %1$d
                [%2$s]
                secret = %2$s
                read = all
                write = all
                [%3$s]
                secret = %3$s
                read = all
                write = all
                eventfilter = Event: DeviceStateChange
                """
                        .formatted(port, ManagerClient.USER, ManagerClient.STATES_ONLY, listensAt));
        for (String empty :
                List.of("confbridge.conf", "res_parking.conf", "agents.conf", "features.conf", "acl.conf")) {
            Folders.write(folder.resolve(empty), "[general]\n");
        }
        StringBuilder hints = new StringBuilder();
        StringBuilder members = new StringBuilder("[watched]\nstrategy = ringall\n");
        for (int i = 0; i < devices.size(); i++) {
            hints.append("exten => 1")
                    .append(i)
                    .append(",hint,")
                    .append(devices.get(i))
                    .append('\n');
            members.append("member => Local/1%d@default,0,Watched %d,%s%n".formatted(i, i, devices.get(i)));
        }
        append(folder.resolve("extensions.conf"), hints);
        append(folder.resolve("queues.conf"), members);
        return port;
    }

    private static void append(Path file, CharSequence lines) {
        Folders.write(file, Folders.read(file, 0) + lines);
    }
}
