// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The folder of a Tigase that a test starts: a copy of the installation, with the changes for the test. */
final class TigaseFolder {

    static final String DERBY = "jdbc:derby:tigasedb;create=true";

    private static final String ACCOUNTS = "    'asterisk-accounts' = [ 'pbx*@example.net' ]\n";

    /** If a connection manager has none, Tigase writes its configuration anew at its start. */
    private static final String SEE_OTHER_HOST = "    seeOtherHost {}\n";

    private static final String LOOPBACK = "127.0.0.1";

    private static final String ROOM =
            """
            'max-queue-size' = 100000
            c2s () {
                trafficThrottling = 'xmpp:400k:0:disc,bin:400m:0:disc'
                'socket-buffer-size' = 65536
                seeOtherHost {}
            }
            """;

    private TigaseFolder() {}

    /** A Tigase with its own PubSub, as its set-up leaves it, but for the tables. */
    static void makePristine(Path home, Path folder, String database) {
        Folders.delete(folder);
        for (String part : List.of("jars", "etc", "database", "certs")) {
            if (Files.isDirectory(home.resolve(part))) {
                Folders.copy(home.resolve(part), folder.resolve(part));
            }
        }
        if (database.startsWith("jdbc:postgresql:")) {
            Postgres.provideDriver(folder.resolve("jars"));
        }
        // The administrator's scripts take long to compile and are not used here.
        Folders.make(folder.resolve("scripts/admin"), folder.resolve("logs"), folder.resolve("data"));
        Folders.write(config(folder), pristineConfiguration(database));
        Certificates.selfSigned(folder, XmppServer.DOMAIN);
        Folders.write(
                folder.resolve("certs/" + XmppServer.DOMAIN + ".pem"),
                Folders.read(folder.resolve("cert.pem"), 0) + Folders.read(folder.resolve("key.pem"), 0));
    }

    /** Makes one with the plugin, by the guide's lines, and then adds the test's other settings. */
    static void makeInstalled(Path home, Path folder, int port, HostSetup setup, String settings) {
        if (setup.database().isEmpty()) {
            Folders.delete(folder);
            Folders.copy(InstalledTigase.of(home), folder);
        } else {
            makePristine(home, folder, setup.database());
            InstalledTigase.installInto(folder);
        }
        if (!setup.tables()) {
            forgetTables(folder);
        }
        String shown = settings + "'asterisk-server-host' = '127.0.0.1'\n'asterisk-server-port' = " + port + "\n";
        change(folder, ACCOUNTS, shown.indent(4));
        change(folder, "'watchdog-delay' = 30000", "'watchdog-delay' = 5000");
        change(folder, "'watchdog-timeout' = 60000", "'watchdog-timeout' = 10000");
        listenOn(folder, port);
    }

    /** As if the administrator had not run the schema tool after the plugin came; all other tables are there. */
    private static void forgetTables(Path folder) {
        Folders.delete(folder.resolve("tigasedb"));
        try (DirectoryStream<Path> ours = Files.newDirectoryStream(folder.resolve("database"), "*-devstate-*")) {
            for (Path file : ours) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            makeTables(folder);
        } catch (IllegalStateException e) {
            if (String.valueOf(e.getMessage()).contains("Device states of Asterisk")) {
                return; // all others are made
            }
            throw e;
        }
        throw new IllegalStateException("the schema tool has made tables from files that are not there");
    }

    /** Runs Tigase's schema tool; if a file is missing, it makes all other tables, and fails. */
    static void makeTables(Path folder) {
        ServerProcess.run(
                folder,
                Map.of(),
                Tigase.java("tigase.db.util.SchemaManager", "upgrade-schema", "--config-file=etc/config.tdsl"));
    }

    /** Adds the plugin's lines besides the plugin itself, and the gate. */
    static void giveRoom(Path folder) {
        append(folder, ROOM);
    }

    /** Takes clients only on that port of the loopback interface. */
    static void listenOn(Path folder, int port) {
        String others = List.of("s2s", "bosh", "ws2s", "monitor", "'status-report-generator'").stream()
                .map(bean -> bean + " (active: false) {\n" + SEE_OTHER_HOST + "}\n")
                .collect(joining());
        if (!Folders.read(config(folder), 0).contains("c2s () {\n")) {
            append(folder, "c2s () {\n" + SEE_OTHER_HOST + "}\n");
        }
        change(folder, "c2s () {\n", "c2s () {\n" + listener(LOOPBACK, port));
        append(folder, others);
    }

    /** Takes external components on that port of the loopback interface. */
    static void takeComponents(Path folder, int port) {
        append(folder, "ext () {\n" + listener(LOOPBACK, port) + "}\n");
    }

    /** Takes other servers at that address. */
    static void federate(Path folder, String address) {
        String disabled = "\ns2s (active: false) {\n"; // not ws2s
        change(folder, disabled, "\ns2s () {\n" + listener(address, Federation.PORT));
    }

    /** The setting of a connection manager that has it listen there alone. */
    private static String listener(String address, int port) {
        return """
               connections () {
                   ports = [ %1$d ]
                   %1$d () {
                       ifc = [ '%2$s' ]
                       socket = 'plain'
                       type = 'accept'
                   }
               }
               """
                .formatted(port, address)
                .indent(4);
    }

    /** Has it send XMPP pings, and end those of its clients that have sent nothing, and so no answer, for 6 s. */
    static void ping(Path folder) {
        change(folder, "'watchdog-delay' = 5000", "'watchdog-delay' = 1000\n    'watchdog-ping-type' = 'XMPP'");
        change(folder, "'watchdog-timeout' = 10000", "'watchdog-timeout' = 3000\n    'maxInactivityTime' = 6000");
    }

    /** Makes it a node of a cluster. */
    static void cluster(Path folder) {
        change(folder, "'config-type' = 'default'\n", "'config-type' = 'default'\n'cluster-mode' = true\n");
        append(folder, "'cl-comp' () {\n" + listener(LOOPBACK, Folders.freePort()) + SEE_OTHER_HOST + "}\n");
    }

    /** Makes it a node of a cluster that takes clients and other nodes at every address of its place, and redirects nobody. */
    static void clusterOfSeveral(Path folder) {
        change(folder, "'config-type' = 'default'\n", "'config-type' = 'default'\n'cluster-mode' = true\n");
        change(folder, "ifc = [ '" + LOOPBACK + "' ]", "ifc = [ '0.0.0.0' ]");
        append(folder, "'cl-comp' () {\n" + SEE_OTHER_HOST + "}\n");
    }

    /** Changes its configuration, in which {@code from} stands once. */
    static void change(Path folder, String from, String to) {
        String before = Folders.read(config(folder), 0);
        if (before.split(Pattern.quote(from), -1).length != 2) {
            throw new IllegalStateException(config(folder) + " should have this once: " + from);
        }
        Folders.write(config(folder), before.replace(from, to));
    }

    private static void append(Path folder, String settings) {
        Folders.write(config(folder), Folders.read(config(folder), 0) + settings);
    }

    private static Path config(Path folder) {
        return folder.resolve("etc/config.tdsl");
    }

    private static String pristineConfiguration(String database) {
        return """
                # As its set-up has left it
                'config-type' = 'default'
                'default-virtual-host' = '%1$s'
                admins = [ 'admin@%1$s' ]

                dataSource () {
                    default () {
                        uri = '%2$s'
                    }
                }

                pubsub () {}
                """
                .formatted(XmppServer.DOMAIN, database);
    }
}
