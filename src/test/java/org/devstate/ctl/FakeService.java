// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.CommandCall;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Service;
import org.jspecify.annotations.Nullable;

/** Gives prepared answers, one after the other, and records its requests. */
public final class FakeService implements Service {

    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<CommandCall> requests = new ArrayList<>();
    private final List<String> protections = new ArrayList<>();
    private @Nullable Failure noProtection;
    private Field[] accountsAt = {};
    private boolean isEjabberd = true;
    private boolean closed;

    public FakeService answers(Answer... next) {
        answers.addAll(List.of(next));
        return this;
    }

    FakeService fails(Failure failure) {
        answers.add(failure);
        return this;
    }

    @Override
    public Answer ask(CommandCall request) throws Failure {
        requests.add(request);
        Object answer = request.action() == CommandCall.CallAction.CANCEL
                ? done()
                : isForTheFormOfAddServer(request) ? stage(List.of(), accountsAt) : answers.poll();
        assertThat(answer).as("an answer to %s", request).isNotNull();
        if (answer instanceof Failure failure) {
            throw failure;
        }
        return (Answer) answer;
    }

    private static boolean isForTheFormOfAddServer(CommandCall request) {
        return request.node().equals("devstate-add-server") && request.form() == null;
    }

    /** Accounts are made at an XMPP server. */
    FakeService makesNoAccounts() {
        accountsAt = new Field[] {Field.text("accounts-at", "", "").with("example.net")};
        return this;
    }

    /** The server's error for a privacy list. */
    FakeService refusesProtection(Failure failure) {
        noProtection = failure;
        return this;
    }

    /** The server is not an ejabberd. */
    FakeService needsNoProtection() {
        isEjabberd = false;
        return this;
    }

    @Override
    public boolean protectFrom(String address) throws Failure {
        protections.add(address);
        if (noProtection != null) {
            throw noProtection;
        }
        return isEjabberd;
    }

    /** The addresses that accounts were protected from. */
    List<String> protections() {
        return protections;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    List<CommandCall> requests() {
        return requests;
    }

    /** The node, action and fields of each request. */
    public List<String> asked() {
        return requests.stream()
                .map(request -> request.node() + " " + request.action() + " " + fields(request))
                .toList();
    }

    public Map<String, List<String>> lastFields() {
        return fields(requests.get(requests.size() - 1));
    }

    private static Map<String, List<String>> fields(CommandCall request) {
        return request.form() == null ? Map.of() : request.form().fields();
    }

    public static Answer done(Field... values) {
        return done(Result.of("", List.of(values)));
    }

    public static Answer done(Result result) {
        return new Answer(true, "", result);
    }

    public static Answer noted(Note.Severity kind, String... texts) {
        return done(Result.of("", List.of()).withNotes(notes(kind, List.of(texts))));
    }

    private static List<Note> notes(Note.Severity kind, List<String> texts) {
        return texts.stream().map(text -> new Note(kind, text)).toList();
    }

    public static Answer table(@Nullable String next, Table table) {
        Result result = Result.of("", table).with(Field.number("count", "", 3));
        return done(
                next == null ? result : result.with(Field.text("next", "", "").with(next)));
    }

    /** A form to fill in, and the errors of the submitted one. */
    public static Answer stage(List<String> errors, Field... values) {
        Result form = Result.of("", List.of(values)).withNotes(notes(Note.Severity.ERROR, errors));
        return new Answer(false, "session", form);
    }
}
