// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Policy;

/**
 * All commands. Each stage of a command checks that its sender is an administrator, whatever the host has listed for the sender.
 * Thread-safe.
 */
public final class Commands {

    /** The prefix of the nodes of all commands. */
    public static final String PREFIX = "devstate-";

    /** One command as it is offered. */
    public record Offer(String node, String title) {}

    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Operations operations;
    private final Administrators administrators;

    Commands(List<Command> commands, Operations operations, Administrators administrators) {
        commands.forEach(command -> this.commands.put(command.node(), command));
        this.operations = operations;
        this.administrators = administrators;
    }

    /**
     * Returns the commands of a service.
     *
     * @param operations show and change the state of the service
     * @param enrolment how new servers get their accounts
     * @param administrators whether a session may run them; asked at each stage
     */
    public static Commands of(Operations operations, Enrolment enrolment, Administrators administrators) {
        return new Commands(AllCommands.of(operations, enrolment), operations, administrators);
    }

    /** Whether {@code jid} may run commands. */
    public boolean admits(Jid jid) {
        return administrators.include(jid);
    }

    /** Whether there is a command of that name. */
    public boolean has(String node) {
        return commands.containsKey(node);
    }

    /** All of them, in a sensible order. */
    public List<Offer> offers() {
        return commands.values().stream()
                .map(command -> new Offer(command.node(), command.title()))
                .toList();
    }

    /**
     * Begins a command.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Step begin(Jid sender, String node) {
        Command command = commands.get(node);
        if (command == null) {
            throw new IllegalArgumentException("no such command: " + node);
        }
        return admits(sender) ? whileServing(command, command::begin) : new Step.Forbidden();
    }

    /** Runs a part of a command; one that changes something is rejected, in any of its stages, while the service is not serving. */
    private Step whileServing(Command command, Supplier<Step> part) {
        String reason = operations.outage().reason();
        if (reason != null && !command.isReadOnly()) {
            return new Step.NotServing("the service is not serving: " + reason + "; nothing was changed");
        }
        Policy before = operations.sites().policy();
        Step step = part.get();
        if (step instanceof Step.Stage stage) {
            return new Step.Stage(
                    stage.form(),
                    stage.last(),
                    stage.notes(),
                    entered -> whileServing(command, () -> stage.submission().submit(entered)));
        }
        if (!(step instanceof Step.Done done)) {
            return step;
        }
        if (reason != null) {
            return new Step.Done(done.result().with(Note.warn("The service is not serving: " + reason)));
        }
        boolean isPolicyChanged =
                !command.isReadOnly() && !operations.sites().policy().equals(before);
        return isPolicyChanged && !operations.nodes().all().isEmpty() ? confirmed(done.result()) : done;
    }

    /** In a cluster, the policy may have been changed at another node at the same time: the administrator whose change is lost is shown that. */
    private Step confirmed(Result result) {
        return new Step.Later(done -> operations.nodes().confirmPolicy(overruling -> {
            String nodes = String.join(", ", overruling);
            done.accept(
                    overruling.isEmpty()
                            ? result
                            : result.withNotes(
                                    List.of(
                                            Note.error(
                                                    "Another administrator has changed the policy at node " + nodes
                                                            + " at the same time, and that change counts: this one is lost; repeat it"))));
        }));
    }

    /** Continues a command with the submitted values, by the names of the fields. */
    public Step submit(Jid sender, Step.Stage stage, Map<String, List<String>> values) {
        return admits(sender)
                ? stage.submission().submit(new SubmittedForm(stage.form(), values, sender.bare()))
                : new Step.Forbidden();
    }
}
