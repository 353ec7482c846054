package org.devstate.core.admin;

import java.util.List;

/** Which commands there are. Stateless. */
final class AllCommands {

    private AllCommands() {}

    static List<Command> of(Operations operations, Enrolment enrolment) {
        return List.of(
                new SitesCommand(operations),
                new ServersCommand(operations),
                new AddSiteCommand(operations),
                new EditSiteCommand(operations),
                new RemoveSiteCommand(operations),
                new SuspendSiteCommand(operations, true),
                new SuspendSiteCommand(operations, false),
                new AddServerCommand(operations, enrolment),
                new SetPasswordCommand(operations, enrolment),
                new RemoveServerCommand(operations, enrolment),
                new ReconnectCommand(operations, enrolment),
                new EidsCommand(operations),
                new ResetEidCommand(operations),
                new EntriesCommand(operations),
                new EntryCommand(operations),
                new ExplainCommand(operations),
                new WhyCommand(operations, enrolment),
                new SetEntryCommand(operations),
                new ClearEntryCommand(operations),
                new PurgeServerCommand(operations, enrolment),
                new ChangesCommand(operations),
                new RefusalsCommand(operations),
                new CountersCommand(operations),
                new ExportCommand(operations),
                new ImportCommand(operations));
    }
}
