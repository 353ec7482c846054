package org.devstate.core.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Jid;

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
    private final Operations.Outage outage;
    private final Administrators administrators;

    Commands(List<Command> commands, Operations.Outage outage, Administrators administrators) {
        commands.forEach(command -> this.commands.put(command.node(), command));
        this.outage = outage;
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
        return new Commands(AllCommands.of(operations, enrolment), operations.outage(), administrators);
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
        String reason = outage.reason();
        if (reason != null && !command.isReadOnly()) {
            return new Step.NotServing("the service is not serving: " + reason + "; nothing was changed");
        }
        Step step = part.get();
        if (step instanceof Step.Stage stage) {
            return new Step.Stage(
                    stage.form(),
                    stage.last(),
                    stage.notes(),
                    entered -> whileServing(command, () -> stage.submission().submit(entered)));
        }
        return reason != null && step instanceof Step.Done done
                ? new Step.Done(done.result().with(Note.warn("The service is not serving: " + reason)))
                : step;
    }

    /** Continues a command with the submitted values, by the names of the fields. */
    public Step submit(Jid sender, Step.Stage stage, Map<String, List<String>> values) {
        return admits(sender)
                ? stage.submission().submit(new SubmittedForm(stage.form(), values))
                : new Step.Forbidden();
    }
}
