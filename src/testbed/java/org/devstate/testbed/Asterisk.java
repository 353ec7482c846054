// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A real Asterisk that shares its device states and mailboxes through an {@link XmppServer}. */
public final class Asterisk implements Pbx {

    /**
     * The two releases that {@code scripts/testbed} brings: the newest one, which was 22, and another, which was 16. Once Debian has
     * moved on, others replace them; a server's title has its version.
     */
    public enum Release {
        V16("asterisk-old"),
        V22("asterisk-new");

        private static final Pattern VERSION = Pattern.compile("(?:\\d+:)?(\\d+\\.\\d+).*", Pattern.DOTALL);

        private final String folder;

        Release(String folder) {
            this.folder = folder;
        }

        /** The folder below the test bed's. */
        public String folder() {
            return folder;
        }

        /** Such as {@code 22.10}, by the version of the Debian package. */
        private static String versionOf(Path server) {
            return VERSION.matcher(Folders.read(server.resolve("VERSION"), 0)).replaceFirst("$1");
        }
    }

    /** The folder below the test bed's with corosync, and an Asterisk that has the module for it. */
    public static final String COROSYNC = "corosync";

    /** Publishes each mailbox of the others as a device of its own. */
    static final String MAILBOXES_AS_DEVICES = "res_mwi_devstate.so";

    private static final Duration START = Duration.ofSeconds(20);

    /** How hints show the states of devices. */
    private static final Map<String, String> HINT_WORDS = Map.of(
            "NOT_INUSE", "Idle",
            "INUSE", "InUse",
            "BUSY", "Busy",
            "UNAVAILABLE", "Unavailable",
            "RINGING", "Ringing",
            "RINGINUSE", "InUse&Ringing",
            "ONHOLD", "Hold");

    private static final Pattern HINT = Pattern.compile(": (\\S+) +State:(\\S+)");

    /** Of a line about a thread's tasks: how many are done, and how many wait. */
    private static final Pattern TASKS = Pattern.compile("^\\S+ +\\d+ +(\\d+) +\\d+ +\\d+");

    private static final Pattern GROUP_MEMBER = Pattern.compile("(?m)^=== Node \\d+");

    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

    private final String name;
    private final Path server;
    private final Path folder;
    private final Place place;
    private final DeviceMemory memory;
    private final int managerPort;
    private ServerProcess process;

    private Asterisk(String name, Path server, Path folder, Place place) {
        this(name, server, folder, place, 0);
    }

    private Asterisk(String name, Path server, Path folder, Place place, int managerPort) {
        this.managerPort = managerPort;
        this.name = name;
        this.server = server;
        this.folder = folder;
        this.place = place;
        this.memory = new DeviceMemory(folder);
        this.process = launch();
    }

    /**
     * Starts a server, which then connects by itself; see {@link #awaitConnected}.
     *
     * @param name its account, made already, and the host part of its files
     * @param number makes its EID, 1 to 255
     * @param options lines for the section {@code general} of its xmpp.conf
     */
    public static Asterisk start(
            Testbed testbed,
            Release release,
            Path parent,
            String name,
            int number,
            XmppServer xmpp,
            String... options) {
        return start(testbed, release, parent, name, number, xmpp, Place.HERE, options);
    }

    /** The same, elsewhere. */
    public static Asterisk start(
            Testbed testbed,
            Release release,
            Path parent,
            String name,
            int number,
            XmppServer xmpp,
            Place place,
            String... options) {
        Path server = testbed.server(release.folder);
        Path folder = parent.resolve(name);
        Folders.delete(folder);
        xmpp.prepareForAsterisk(name);
        AsteriskFiles.write(server, folder, name, number, xmpp, place, options);
        return new Asterisk(name, server, folder, place);
    }

    /**
     * Starts a fresh Asterisk with the files of its enrolment, unchanged. The test adds only its folders, and what every Asterisk has
     * anyway: a queue, and a mailbox or a hint on one, with the module for it.
     *
     * @param given the folder with xmpp.conf, asterisk.conf and modules.conf
     */
    public static Asterisk startEnrolled(
            Testbed testbed, Release release, Path parent, String name, int number, XmppServer xmpp, Path given) {
        Path server = testbed.server(release.folder);
        Path folder = parent.resolve(name);
        Folders.delete(folder);
        AsteriskFiles.write(server, folder, name, number, xmpp, Place.HERE);
        AsteriskFiles.replaceBy(given, folder, number);
        return new Asterisk(name, server, folder, Place.HERE);
    }

    /**
     * Starts one in which everything looks at the states of others: hints and queue members on those devices, and the manager
     * interface, which {@link #manager} reads.
     */
    public static Asterisk startConsuming(
            Testbed testbed,
            Release release,
            Path parent,
            String name,
            int number,
            XmppServer xmpp,
            List<String> devices,
            String... options) {
        Path server = testbed.server(release.folder);
        Path folder = parent.resolve(name);
        Folders.delete(folder);
        Place place = Place.hereTowards(xmpp);
        AsteriskFiles.write(server, folder, name, number, xmpp, place, options);
        return new Asterisk(name, server, folder, place, ConsumerFiles.add(folder, place.listensAt(), devices));
    }

    /**
     * The same without an XMPP server: it shares its states with the others in a group of corosync, by {@code res_corosync}.
     *
     * @param place that of a corosync of the group
     */
    public static Asterisk startWithCorosync(
            Testbed testbed, Path parent, String name, int number, Place place, List<String> devices) {
        Path server = testbed.server(COROSYNC);
        Path folder = parent.resolve(name);
        Folders.delete(folder);
        AsteriskFiles.writeForCorosync(server, folder, name, number);
        return new Asterisk(name, server, folder, place, ConsumerFiles.add(folder, place.listensAt(), devices));
    }

    /** Connects to its manager interface, which comes up a moment after it, until it ends; it was started by {@link #startConsuming}. */
    public ManagerClient manager() {
        return manager(ManagerClient.USER);
    }

    /** The same, but it receives device states alone, and each at once. */
    public ManagerClient managerOfStates() {
        return manager(ManagerClient.STATES_ONLY);
    }

    private ManagerClient manager(String user) {
        ManagerClient[] client = new ManagerClient[1];
        Await.until(name + " has its manager interface", START, () -> {
            client[0] = isAlive() ? ManagerClient.login(place.reachedAt(), managerPort, user) : ManagerClient.NONE;
            return client[0] != null;
        });
        return client[0];
    }

    /** Has it publish each mailbox of the others as a device {@code MWI:BOX@CONTEXT} of its own, until it is restarted. */
    public void publishMailboxesAsDevices() {
        String answer = cli("module load " + MAILBOXES_AS_DEVICES);
        if (!answer.contains("Loaded")) {
            throw new IllegalStateException(name + ": " + answer);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** How much memory it has, in megabytes. */
    public long megabytes() {
        return process.megabytes();
    }

    public String name() {
        return name;
    }

    @Override
    public String title() {
        return name + " (Asterisk " + Release.versionOf(server) + ")";
    }

    /** Runs a command of Asterisk's CLI and returns its output, without colours. */
    public String cli(String command) {
        List<String> line = List.of(binary(), "-C", config(), "-rx", command);
        return COLOURS.matcher(ServerProcess.run(folder, Map.of(), line)).replaceAll("");
    }

    @Override
    public String howToLookInside() {
        return binary() + " -C " + config() + " -r";
    }

    @Override
    public Duration awaitConnected(Duration limit) {
        return Await.until(name + " is connected", limit, this::isConnected);
    }

    /** Its log, from its first start. */
    public AsteriskLog log() {
        return new AsteriskLog(folder.resolve("log/full"));
    }

    public boolean isConnected() {
        return cli("xmpp show connections").contains(" Connected");
    }

    /** Whether its group of corosync has so many members, all of which it knows; it was started by {@link #startWithCorosync}. */
    public boolean isInCorosyncOf(int members) {
        return GROUP_MEMBER.matcher(cli("corosync show members")).results().count() == members;
    }

    @Override
    public void setDeviceState(String device, String state) {
        String answer = cli("devstate change " + device + " " + state);
        if (!answer.startsWith("Changing ")) {
            throw new IllegalStateException(name + " does not take " + state + " for " + device + ": " + answer);
        }
    }

    @Override
    public String queueMember(String device) {
        return queueMember("support", device);
    }

    /** The same, of another queue. */
    public String queueMember(String queue, String device) {
        String shown = cli("queue show " + queue);
        return shown.lines()
                .filter(line -> line.contains("from " + device + ")"))
                .map(line ->
                        line.strip().replaceFirst(" has taken no calls.*", "").replace(" (ringinuse enabled)", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no member on " + device + " in: " + shown));
    }

    /** The line of {@code core show hints} about the mailbox, such as {@code … State:InUse …} if messages wait. */
    public String mailboxHint() {
        return hint("MWI:" + AsteriskFiles.MAILBOX + "@default");
    }

    /** The line of {@code core show hints} about a device, such as {@code … State:InUse …}. */
    public String hint(String device) {
        String shown = cli("core show hints");
        return shown.lines()
                .filter(line -> line.contains(": " + device + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no hint on " + device + " in: " + shown));
    }

    /** Has it watch those devices, whose names have 20 characters at most, by hints; see {@link #hints}. */
    public void addHints(Collection<String> devices) {
        StringBuilder lines = new StringBuilder(Folders.read(folder.resolve("extensions.conf"), 0));
        int extension = 10_000;
        for (String device : devices) {
            lines.append("exten => %d,hint,%s%n".formatted(extension++, device));
        }
        Folders.write(folder.resolve("extensions.conf"), lines.toString());
        cli("dialplan reload");
        Await.until(name + " has its hints", START, () -> hints().keySet().containsAll(devices));
    }

    /** How {@link #hints} shows devices with these states, such as {@code INUSE}. */
    public static Map<String, String> hintsOf(Map<String, String> states) {
        return states.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, state -> HINT_WORDS.get(state.getValue())));
    }

    /** The states of its hints, such as {@code InUse}, by the watched devices. */
    public Map<String, String> hints() {
        return HINT.matcher(cli("core show hints"))
                .results()
                .collect(Collectors.toMap(hint -> hint.group(1), hint -> hint.group(2)));
    }

    /** Makes a call of a second to itself, by a Local channel; returns the device that this is. */
    public String callItself() {
        String device = "Local/" + AsteriskFiles.CALLED + "@default";
        cli("channel originate " + device + " application Wait 1");
        return device;
    }

    /** Whether it has no channel, and so no call. */
    public boolean isIdle() {
        return cli("core show channels count").contains("0 active channels");
    }

    /** Puts one new message into the mailbox, on the server that has it. */
    public void putVoicemail() {
        Folders.write(message(), "[message]\n");
        cli("voicemail reload");
    }

    /** Takes the message out again. */
    public void removeVoicemail() {
        Folders.delete(message());
        cli("voicemail reload");
    }

    private Path message() {
        return folder.resolve("spool/voicemail/default/" + AsteriskFiles.MAILBOX + "/INBOX/msg0000.txt");
    }

    /** The folder with its configuration, logs and spool. */
    public Path folder() {
        return folder;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended; 139 after a segmentation fault. */
    public int exitStatus() {
        return process.exitStatus();
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /**
     * Restarts it with custom devices that it remembers from before. It is up when this returns, and publishes them with all that
     * it knows as soon as it has logged in. It logs in when it has loaded them: in Asterisk, the thread of the connection publishes what
     * is known, another one what changes, and both write to one TLS connection without a lock, which can end it with 139.
     */
    public void restartRemembering(Map<String, String> states) {
        memory.fillAtStart(states);
        restart();
        Await.until(name + " remembers its devices", START, () -> cli("database show CustomDevstate")
                .contains(states.size() + " results found"));
        memory.awaitSaved();
        memory.fillNoMore();
        AsteriskFiles.withoutXmpp(folder, this::restart);
        Await.until(name + " has loaded its devices", START, this::isAtRest);
        cli("module load res_xmpp.so");
    }

    /** Whether none of its threads has anything left to do. */
    private boolean isAtRest() {
        return cli("core show taskprocessors")
                .lines()
                .map(TASKS::matcher)
                .filter(Matcher::find)
                .allMatch(tasks -> tasks.group(1).equals("0"));
    }

    /** Waits until it would remember its custom devices over a kill. */
    public void awaitSaved() {
        memory.awaitSaved();
    }

    /** Takes its database away, in which it remembers custom devices over a restart; it must have ended. */
    public void forgetDevices() {
        memory.forget();
    }

    /**
     * Starts it again, after it has ended or ends now. Its pause before it connects again, which doubles with each connection that it loses,
     * is 1 s again after this. So it would be after its XMPP module was unloaded and loaded, but that can end it with 139.
     */
    public void restart() {
        process.close();
        process = launch();
    }

    /** The same, and waits until it is connected. */
    public void restart(Duration limit) {
        restart();
        awaitConnected(limit);
    }

    @Override
    public void close() {
        process.close();
    }

    private String binary() {
        return server.resolve("bin/asterisk").toString();
    }

    private String config() {
        return folder.resolve("asterisk.conf").toString();
    }

    private ServerProcess launch() {
        ServerProcess started = ServerProcess.start(
                folder, folder.resolve("console.log"), Map.of(), place.in(List.of(binary(), "-f", "-C", config())));
        try {
            Await.until(name + " is up; see " + folder, START, () -> {
                if (!started.isAlive()) {
                    throw new IllegalStateException(
                            name + " ended with status " + started.exitStatus() + " at its start: " + started.output());
                }
                return isUp();
            });
        } catch (AssertionError e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** All modules are loaded, and so all commands are there. */
    private boolean isUp() {
        try {
            return cli("core waitfullybooted").contains("fully booted");
        } catch (IllegalStateException e) {
            return false; // its control socket is not there yet
        }
    }
}
