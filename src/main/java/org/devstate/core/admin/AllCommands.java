// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.entries.ClearEntryCommand;
import org.devstate.core.admin.entries.EntriesCommand;
import org.devstate.core.admin.entries.EntryCommand;
import org.devstate.core.admin.entries.ExplainCommand;
import org.devstate.core.admin.entries.SetEntryCommand;
import org.devstate.core.admin.history.ChangesCommand;
import org.devstate.core.admin.history.CountersCommand;
import org.devstate.core.admin.history.MetricsCommand;
import org.devstate.core.admin.history.NodesCommand;
import org.devstate.core.admin.history.RejectionsCommand;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.servers.AddServerCommand;
import org.devstate.core.admin.servers.EidsCommand;
import org.devstate.core.admin.servers.PurgeServerCommand;
import org.devstate.core.admin.servers.ReconnectCommand;
import org.devstate.core.admin.servers.RemoveServerCommand;
import org.devstate.core.admin.servers.ResetEidCommand;
import org.devstate.core.admin.servers.ServersCommand;
import org.devstate.core.admin.servers.SetPasswordCommand;
import org.devstate.core.admin.sites.AddSiteCommand;
import org.devstate.core.admin.sites.EditSiteCommand;
import org.devstate.core.admin.sites.ExportCommand;
import org.devstate.core.admin.sites.ImportCommand;
import org.devstate.core.admin.sites.RemoveSiteCommand;
import org.devstate.core.admin.sites.SitesCommand;
import org.devstate.core.admin.sites.SuspendSiteCommand;
import org.devstate.core.admin.why.WhyCommand;

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
                new RejectionsCommand(operations),
                new CountersCommand(operations),
                new MetricsCommand(operations),
                new NodesCommand(operations),
                new ExportCommand(operations),
                new ImportCommand(operations));
    }
}
