package org.devstate.ctl;

import java.util.List;
import picocli.CommandLine;

/** Which there are, in the order of the help. */
final class Subcommands {

    private Subcommands() {}

    static void addTo(CommandLine line) {
        List<ServiceCommand> all = List.of(
                new Lists.Sites(),
                new Lists.Servers(),
                new Lists.Eids(),
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
                new Entries(),
                new SingleEntries.Show(),
                new SingleEntries.Explain(),
                new Why(),
                new SingleEntries.Set(),
                new SingleEntries.Clear(),
                new Watch(),
                new Lists.Refusals(),
                new Lists.Counters(),
                new ExportPolicy(),
                new ImportPolicy());
        all.forEach(line::addSubcommand);
    }
}
