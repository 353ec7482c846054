package org.devstate.ctl.setup;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.command.CommandContext;
import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.ctl.setup.files.ChangeMaker;
import org.devstate.ctl.setup.files.ChangeRecord;
import org.devstate.ctl.setup.files.ChangeUndo;
import org.devstate.ctl.setup.files.DiskFiles;
import org.devstate.ctl.setup.own.ComponentFile;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.FileCopy;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.plan.SetupFinding;
import org.devstate.ctl.setup.plan.SetupFinding.FindingState;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** One run: looks, shows, asks, changes, and makes the first site. Used once. */
final class SetupRun {

    private final CommandContext context;
    private final SetupConsole console;
    private final SetupOptions options;
    private final DiskFiles files = new DiskFiles();
    private final PlanDraft draft = new PlanDraft();

    SetupRun(CommandContext context, SetupConsole console, SetupOptions options) {
        this.context = context;
        this.console = console;
        this.options = options;
    }

    void run() throws Failure {
        ServerSetup server = ServerChoice.of(options);
        SetupRequest request = new RequestReader(options, context.connection(), console).read(server);
        ComponentFile component = new ComponentFile(files, request);
        ServerFacts facts = server.plan(request, component.secret(), draft);
        if (server.hasComponent()) {
            component.plan(facts, draft);
        }
        AdminAccount admin = AdminAccount.plan(server, request, facts, givenPasswordFile(), files, console, draft);
        console.show(server.title() + ", domain " + request.domain() + ", service " + request.address());
        console.show(draft.findings());
        stopIfLeftToUser();
        List<FileChange> changes = draft.changes();
        boolean isEmpty = changes.isEmpty() && draft.copies().isEmpty();
        if (options.dryRun) {
            draft.copies().forEach(console::show);
            changes.forEach(console::show);
            console.show("");
            console.show(isEmpty ? "No file has to be changed." : "Nothing was changed (--dry-run).");
            return;
        }
        if (isEmpty) {
            console.show("No file has to be changed.");
        } else {
            change(server, request, changes);
        }
        if (!admin.exists()) {
            addAccount(server, request, admin);
        }
        boolean changed = !isEmpty || !admin.exists();
        if (new ServiceStart(context, console, options, server, request).isDone(changed)) {
            new FirstSite(context, console, options, request).make();
        }
    }

    private @Nullable Path givenPasswordFile() {
        Object given = ConnectionSettings.given(context.connection()).get("password-file");
        return given == null ? null : Path.of(given.toString());
    }

    private void stopIfLeftToUser() throws Failure {
        List<String> left = draft.findings().stream()
                .filter(finding -> finding.state() == FindingState.BY_HAND)
                .map(SetupFinding::text)
                .toList();
        if (!left.isEmpty()) {
            throw Failure.rejected(
                    "Nothing was changed, because setup cannot do this safely. Do it by hand, then run setup again:\n  "
                            + String.join("\n  ", left));
        }
    }

    /** All are confirmed before the first is made, so that a no leaves nothing half done. */
    private void change(ServerSetup server, SetupRequest request, List<FileChange> changes) throws Failure {
        ChangeRecord made = ChangeRecord.in(SetupUndo.recordIn(request.componentFolder()));
        ChangeMaker maker = new ChangeMaker(made);
        maker.prepare(changes);
        server.checkReady();
        for (FileCopy copy : draft.copies()) {
            console.show(copy);
            confirm();
        }
        for (FileChange change : changes) {
            console.show(change);
            confirm();
        }
        ChangeUndo undo = new ChangeUndo(made);
        int before = undo.count();
        try {
            for (FileChange change : changes) {
                maker.make(change);
            }
            for (FileCopy copy : draft.copies()) {
                maker.announce(copy);
            }
            server.accept();
        } catch (Failure e) {
            undo.undo(before);
            throw e.with(e.text() + "\nAll changes of this run were undone");
        }
        console.show("");
        console.show("Changed " + (changes.size() + draft.copies().size())
                + " files; devstatectl setup --undo restores them (record: "
                + SetupUndo.recordIn(request.componentFolder()) + ").");
    }

    private void confirm() throws Failure {
        if (!console.confirms("Make this change?")) {
            throw Failure.rejected("Nothing was changed");
        }
    }

    private void addAccount(ServerSetup server, SetupRequest request, AdminAccount admin) throws Failure {
        String password = admin.password();
        if (password == null || !console.confirms("Make the account " + request.admin() + "?")) {
            throw Failure.rejected("The account " + request.admin() + " is missing; run setup again to make it");
        }
        server.addAccount(request.admin(), password);
        console.show("Made the account " + request.admin() + ".");
    }
}
