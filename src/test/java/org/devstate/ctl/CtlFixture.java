// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.command.Terminal;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Login;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs command lines against a service with prepared answers, with or without a user at the terminal. */
public final class CtlFixture {

    public final FakeService service = new FakeService();
    final List<Login> logins = new ArrayList<>();
    final List<String> questions = new ArrayList<>();

    private final Path passwordFile;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private @Nullable String says;

    public CtlFixture(Path folder) throws Exception {
        passwordFile = folder.resolve("password");
        Files.writeString(passwordFile, "secret\n");
        passwordFile.toFile().setReadable(false, false);
        passwordFile.toFile().setReadable(true, true);
    }

    /** Adds a user who gives that answer to every question. */
    CtlFixture with(String answer) {
        says = answer;
        return this;
    }

    /** Runs it as an administrator with the password in a file. */
    public int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--service", "devstate.example.net", "--as", "admin@example.net"));
        all.addAll(List.of("--password-file", passwordFile.toString()));
        return runPlain(all.toArray(String[]::new));
    }

    int runPlain(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = Devstatectl.commandLine(
                login -> {
                    logins.add(login);
                    return service;
                },
                new Person());
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    static Failure lost() {
        return Failure.unreachable("no answer");
    }

    private final class Person implements Terminal {

        @Override
        public boolean isThere() {
            return says != null;
        }

        @Override
        public @Nullable String ask(String question) {
            questions.add(question);
            return says;
        }

        @Override
        public @Nullable String askSecret(String question) {
            return ask(question);
        }
    }
}
