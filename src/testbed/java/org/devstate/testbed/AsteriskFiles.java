// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The configuration of one Asterisk of a test: a queue {@code support} with the members of all servers, each on a device
 * {@code Custom:agentN} of server N; and one mailbox, which servers 3 and 4 have and the others show by a hint.
 */
public final class AsteriskFiles {

    /** The modules.conf of every server, but for the module for mailboxes. */
    public static final String MODULES =
            """
            [modules]
            autoload = no
            load = pbx_config.so
            load = func_devstate.so
            load = res_smdi.so
            load = res_adsi.so
            load = app_queue.so
            load = res_xmpp.so
            load = res_clioriginate.so
            """;

    /** How many servers know each other's devices and mailboxes. */
    static final int SERVERS = 4;

    /** The one mailbox, in the context {@code default}. */
    static final String MAILBOX = "500";

    /** An extension that answers, and hangs up after a second. */
    static final String CALLED = "700";

    /** The first server that has it. */
    static final int MAILBOX_SERVER = 3;

    private AsteriskFiles() {}

    static void write(
            Path server, Path folder, String name, int number, XmppServer xmpp, Place place, String... options) {
        writeUsual(server, folder, name, number);
        Folders.write(
                folder.resolve("xmpp.conf"),
                """
                [general]
                debug = yes
                %5$s
                [xmpp]
                type = client
                serverhost = %6$s
                port = %1$d
                username = %2$s@%3$s/asterisk
                secret = %2$s
                usetls = yes
                usesasl = yes
                distribute_events = yes
                pubsub_node = %4$s
                %7$s
                """
                        .formatted(
                                xmpp.clientPort(),
                                name,
                                XmppServer.DOMAIN,
                                xmpp.service(),
                                lines(options, option -> !isOfConnection(option)),
                                place.xmppHost(),
                                lines(options, AsteriskFiles::isOfConnection)));
    }

    /** Does {@code start} while its modules.conf does not load the module for XMPP. */
    static void withoutXmpp(Path folder, Runnable start) {
        Path modules = folder.resolve("modules.conf");
        String usual = Folders.read(modules, 0);
        Folders.write(modules, usual.replace("load = res_xmpp.so\n", ""));
        try {
            start.run();
        } finally {
            Folders.write(modules, usual);
        }
    }

    /** The same without XMPP, in a group of corosync. */
    static void writeForCorosync(Path server, Path folder, String name, int number) {
        writeUsual(server, folder, name, number);
        Path modules = folder.resolve("modules.conf");
        Folders.write(modules, Folders.read(modules, 0).replace("res_xmpp.so", "res_corosync.so"));
        Folders.write(
                folder.resolve("res_corosync.conf"),
                "[general]\npublish_event = device_state\nsubscribe_event = device_state\n");
    }

    private static void writeUsual(Path server, Path folder, String name, int number) {
        Folders.make(folder.resolve("lib"), folder.resolve("spool"), folder.resolve("run"), folder.resolve("log"));
        Folders.write(
                folder.resolve("asterisk.conf"),
                """
                [directories]
                astetcdir => %1$s
                astmoddir => %2$s/modules
                astdatadir => %2$s/datadir
                astvarlibdir => %1$s/lib
                astdbdir => %1$s/lib
                astkeydir => %1$s/lib
                astagidir => %1$s/lib
                astspooldir => %1$s/spool
                astrundir => %5$s
                astlogdir => %1$s/log
                [options]
                entityid = 00:11:22:33:44:%3$02x
                systemname = %4$s
                """
                        .formatted(folder, server, number, name, runFolder(folder)));
        Folders.write(folder.resolve("modules.conf"), MODULES + mailboxModule(number));
        Folders.write(folder.resolve("logger.conf"), "[general]\n[logfiles]\nfull => notice,warning,error,verbose\n");
        Folders.write(folder.resolve("queues.conf"), "[general]\n[support]\nstrategy = ringall\n" + members());
        String hint = "exten => %1$s,hint,MWI:%1$s@default\n".formatted(MAILBOX);
        String call = "exten => %s,1,Answer()\nsame => n,Wait(1)\n".formatted(CALLED);
        Folders.write(folder.resolve("extensions.conf"), "[default]\n" + hint + call);
        Folders.write(folder.resolve("voicemail.conf"), "[general]\n[default]\n" + MAILBOX + " => 1234,Reception\n");
    }

    private static boolean isOfConnection(String option) {
        return option.startsWith("buddy") || option.startsWith("port");
    }

    private static String lines(String[] options, Predicate<String> which) {
        return Stream.of(options).filter(which).collect(Collectors.joining("\n"));
    }

    /** Puts files that were {@code given} in the place of ours. */
    static void replaceBy(Path given, Path folder, int number) {
        Folders.write(folder.resolve("xmpp.conf"), Folders.read(given.resolve("xmpp.conf"), 0));
        Folders.write(
                folder.resolve("modules.conf"), Folders.read(given.resolve("modules.conf"), 0) + mailboxModule(number));
        Path main = folder.resolve("asterisk.conf");
        String directories = Folders.read(main, 0).replaceFirst("(?s)\\[options].*", "");
        Folders.write(main, directories + Folders.read(given.resolve("asterisk.conf"), 0));
    }

    /** The folder of the control socket: a path that sockets allow, which is 107 characters. */
    private static Path runFolder(Path folder) {
        Path usual = folder.resolve("run");
        return usual.toString().length() < 90 ? usual : Folders.temporary();
    }

    private static String members() {
        return IntStream.rangeClosed(1, SERVERS)
                .mapToObj(n -> "member => Local/%1$d00@default,0,Agent %1$d,Custom:agent%1$d\n".formatted(n))
                .collect(Collectors.joining());
    }

    /**
     * The module for mailboxes. The one that shows mailboxes as devices would publish them as devices on their own server, too, and
     * hide the tested function.
     */
    private static String mailboxModule(int number) {
        return number >= MAILBOX_SERVER ? "load = app_voicemail.so\n" : "load = res_mwi_devstate.so\n";
    }
}
