// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.command.CommandContext;
import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.ctl.setup.files.ChangeMaker;
import org.devstate.ctl.setup.files.ChangeRecord;
import org.devstate.ctl.setup.files.ChangeUndo;
import org.devstate.ctl.setup.files.DiskFiles;
import org.devstate.ctl.setup.files.ServiceAccess;
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
    private final ComponentUnit unit = ComponentUnit.ofMachine();

    SetupRun(CommandContext context, SetupConsole console, SetupOptions options) {
        this.context = context;
        this.console = console;
        this.options = options;
    }

    /** @param arguments of devstatectl */
    void run(List<String> arguments) throws Failure {
        ServerSetup server = ServerChoice.of(options, arguments);
        SetupRequest request = new RequestReader(options, context.connection(), console).read(server);
        ComponentFile component = new ComponentFile(files, request);
        List<String> accounts = server.hasComponent() ? component.accounts() : List.of();
        ServerFacts facts = server.plan(request, component.secret(), draft);
        if (server.hasComponent()) {
            component.plan(facts, draft);
        }
        noteAccess(request);
        noteHost(request);
        AdminAccount admin = AdminAccount.plan(server, request, facts, givenPasswordFile(), files, console, draft);
        console.show(server.title() + ", domain " + request.domain() + ", service " + request.address());
        if (server.hasComponent() && unit.isPackageAdvised()) {
            console.show("On Debian, install the packages first: the component is then a service.");
        }
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
        boolean isGranted = isAccessGranted(request);
        if (!admin.exists()) {
            addAccount(server, request, admin);
        }
        boolean changed = isGranted || !isEmpty || !admin.exists();
        if (new ServiceStart(context, console, options, server, request, unit).isDone(changed)) {
            new FirstSite(context, console, options, request).make(accounts);
        }
    }

    private void noteAccess(SetupRequest request) throws Failure {
        for (Path denied : access(request).denied()) {
            draft.missing("access to " + denied + " for the user " + ComponentUnit.USER + " of the component");
        }
    }

    private boolean isAccessGranted(SetupRequest request) throws Failure {
        ServiceAccess access = access(request);
        List<Path> denied = access.denied();
        if (denied.isEmpty()
                || !console.confirms("Let the user " + ComponentUnit.USER + " of the component read " + denied + "?")) {
            return false;
        }
        access.grant();
        console.show("The user " + ComponentUnit.USER + " of the component can read " + denied + " now.");
        return true;
    }

    /** The service of the package reads that file only, whatever setup writes. */
    private static ServiceAccess access(SetupRequest request) {
        boolean isOfPackage = request.componentFolder().equals(SetupOptions.COMPONENT_FOLDER);
        return new ServiceAccess(request.componentFile(), isOfPackage ? ComponentUnit.USER : "");
    }

    /** If it was asked for, the user has read that already. */
    private void noteHost(SetupRequest request) {
        boolean isFirst = !files.exists(request.connectionFile());
        boolean isAsked = options.serverHost == null && console.canAsk();
        String given = request.serverHost();
        String host = given == null ? request.domain() : given;
        if ((isFirst || given != null) && !isAsked && !HostNames.isKnown(host)) {
            draft.note(HostNames.warning(host));
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
        int count = changes.size() + draft.copies().size();
        console.show("Changed " + count + (count == 1 ? " file" : " files")
                + "; devstatectl setup --undo restores " + (count == 1 ? "it" : "them") + " (record: "
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
