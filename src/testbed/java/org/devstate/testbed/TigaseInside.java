// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.devstate.core.protocol.XmlElement;

/**
 * The inside of a running Tigase: a script of ours among the administrator's, for tasks that no command of Tigase's has, and the JDK's
 * reports on its process.
 */
public final class TigaseInside {

    private static final String COMMAND =
            """
            <command xmlns='http://jabber.org/protocol/commands' node='inside'><x xmlns='jabber:x:data' type='submit'>\
            <field var='task'><value>%s</value></field><field var='about'><value>%s</value></field></x></command>""";

    private final Tigase tigase;
    private final XmppClient admin;

    private TigaseInside(Tigase tigase, XmppClient admin) {
        this.tigase = tigase;
        this.admin = admin;
    }

    /** Starts a Tigase in {@code folder} that can be looked into. */
    public static TigaseInside start(Path home, Path folder, HostSetup setup) {
        Tigase tigase = Tigase.start(home, folder, setup, () -> putScript(folder));
        tigase.addAccount("admin");
        return new TigaseInside(tigase, XmppClient.login(tigase, "admin", "inside"));
    }

    /** The same, with Tigase's bean for external components; see {@link #acceptComponent}. */
    public static TigaseInside startWithComponents(Path home, Path folder, HostSetup setup) {
        Tigase tigase = Tigase.start(home, folder, setup, () -> {
            putScript(folder);
            TigaseFolder.takeComponents(folder, Folders.freePort());
        });
        tigase.addAccount("admin");
        return new TigaseInside(tigase, XmppClient.login(tigase, "admin", "inside"));
    }

    /**
     * Has it accept the external component of that address.
     *
     * @return the loopback port for that component; Tigase 8.4.0 drops each connection to a port that is not of one component
     */
    public int acceptComponent(String address, String secret) {
        int port = Folders.freePort();
        run("add-component", "%s:%s:accept:%d:127.0.0.1".formatted(address, secret, port));
        return port;
    }

    private static void putScript(Path folder) {
        try (InputStream script = TigaseInside.class.getResourceAsStream("/tigase/Inside.groovy")) {
            Folders.write(
                    folder.resolve("scripts/admin/Inside.groovy"),
                    new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Tigase tigase() {
        return tigase;
    }

    /** Has the script do a task; an error fails the test. */
    public void run(String task, String about) {
        assertThat(ask(task, about)).isEqualTo("done");
    }

    /** The script's answer. */
    public String ask(String task, String about) {
        XmlElement answer = admin.request("set", "message-router@" + XmppServer.DOMAIN, COMMAND.formatted(task, about));
        assertThat(answer.attribute("type")).as(answer.toString()).isEqualTo("result");
        return answer.children().get(0).children().get(0).children().stream()
                .filter(field -> "said".equals(field.attribute("var")))
                .map(field -> field.children().get(0).text())
                .collect(Collectors.joining());
    }

    /** How many threads there are of each name, whatever the numbers in it. */
    public Map<String, Long> threads() {
        return jcmd("Thread.print").stream()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)).replaceAll("[0-9]+", "N"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** How many objects of each matching class there are, once the garbage has been collected. */
    public Map<String, Long> objects(Predicate<String> names) {
        return jcmd("GC.class_histogram").stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(row -> row.length >= 4 && row[0].endsWith(":") && names.test(row[3]))
                .collect(Collectors.toMap(row -> row[3], row -> Long.parseLong(row[1]), Long::sum, TreeMap::new));
    }

    private List<String> jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return ServerProcess.run(Path.of("."), Map.of(), List.of(jcmd.toString(), "" + tigase.pid(), command))
                .lines()
                .toList();
    }

    public void close() {
        admin.close();
        tigase.close();
    }
}
