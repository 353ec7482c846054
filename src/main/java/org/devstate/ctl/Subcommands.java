// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import java.util.List;
import java.util.ServiceLoader;
import org.devstate.ctl.command.ExtraSubcommand;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.entries.EntryLists;
import org.devstate.ctl.entries.Lists;
import org.devstate.ctl.entries.SingleEntries;
import org.devstate.ctl.entries.Watch;
import org.devstate.ctl.entries.Why;
import org.devstate.ctl.servers.AddServer;
import org.devstate.ctl.servers.Reconnect;
import org.devstate.ctl.servers.RemoveServer;
import org.devstate.ctl.servers.ServerChanges;
import org.devstate.ctl.servers.SetPassword;
import org.devstate.ctl.setup.Setup;
import org.devstate.ctl.sites.AddSite;
import org.devstate.ctl.sites.EditSite;
import org.devstate.ctl.sites.ExportPolicy;
import org.devstate.ctl.sites.ImportPolicy;
import org.devstate.ctl.sites.SiteChanges;
import picocli.CommandLine;

/** Which there are, in the order of the help. */
final class Subcommands {

    private Subcommands() {}

    static void addTo(CommandLine line) {
        List<ServiceCommand> all = List.of(
                new Lists.SiteList(),
                new Lists.ServerList(),
                new Lists.EidList(),
                new AddSite(),
                new EditSite(),
                new SiteChanges.Remove(),
                new SiteChanges.Suspend(),
                new SiteChanges.Resume(),
                new AddServer(),
                new SetPassword(),
                new RemoveServer(),
                new Reconnect(),
                new ServerChanges.Purge(),
                new ServerChanges.ResetEid(),
                new EntryLists(),
                new SingleEntries.Show(),
                new SingleEntries.Explain(),
                new Why(),
                new SingleEntries.Set(),
                new SingleEntries.Clear(),
                new Watch(),
                new Lists.RejectionList(),
                new Lists.CounterList(),
                new Lists.MetricList(),
                new Lists.NodeList(),
                new ExportPolicy(),
                new ImportPolicy());
        line.addSubcommand(new Setup());
        all.forEach(line::addSubcommand);
        ServiceLoader.load(ExtraSubcommand.class).forEach(line::addSubcommand);
        line.addSubcommand(new HelpSubcommand());
    }
}
