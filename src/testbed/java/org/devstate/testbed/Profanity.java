// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real Profanity, a client for terminals: the test types and reads the screen, as a person does. */
public final class Profanity implements AutoCloseable {

    /** The name by which {@code scripts/testbed} brings it. */
    public static final String NAME = "profanity";

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Terminal terminal;

    private Profanity(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Starts it with all its files in {@code folder}, and logs in as {@code user}, whose password is its name. */
    public static Profanity login(Testbed testbed, Path folder, XmppServer xmpp, String user) {
        Folders.delete(folder);
        Folders.make(folder);
        Path bin = testbed.server(NAME).resolve("bin");
        Map<String, String> home = Map.of(
                "HOME", folder.toString(),
                "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                "XDG_DATA_HOME", folder.resolve("data").toString());
        Profanity client = new Profanity(Terminal.start(bin.resolve("tmux"), folder, home, bin.resolve(NAME)));
        try {
            client.login(user + "@" + XmppServer.DOMAIN, xmpp.clientPort(), user);
        } catch (AssertionError | IllegalStateException e) {
            client.close();
            throw e;
        }
        return client;
    }

    private void login(String account, int port, String password) {
        awaitShown("Type '/help' to show complete help.");
        terminal.type("/connect " + account + " server 127.0.0.1 port " + port + " tls trust");
        awaitShown("Enter password:");
        terminal.type(password);
        awaitShown(" logged in successfully");
    }

    /** Types a line. */
    public void type(String line) {
        terminal.type(line);
    }

    /**
     * Types a line again and again until that answer appears. For some time after its login, Profanity does not know the server's
     * features yet, and assumes that it has none.
     */
    public void typeUntil(String line, String answer) {
        awaitThat("it answers '" + answer + "'", () -> {
            terminal.type(line);
            LockSupport.parkNanos(PAUSE.toNanos());
            return shown().contains(answer);
        });
    }

    /** Waits until one of those is to be seen. */
    public void awaitShown(String... texts) {
        awaitThat("it shows one of " + List.of(texts), () -> Stream.of(texts).anyMatch(shown()::contains));
    }

    private void awaitThat(String what, Callable<Boolean> condition) {
        try {
            Await.until(what, PATIENCE, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it shows:\n" + shown(), e);
        }
    }

    /** The text on the screen now. */
    public String shown() {
        return terminal.screen();
    }

    @Override
    public void close() {
        terminal.close();
    }
}
