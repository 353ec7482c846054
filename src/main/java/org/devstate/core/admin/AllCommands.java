package org.devstate.core.admin;

import java.util.List;

/** Which commands there are. Stateless. */
final class AllCommands {

    private AllCommands() {}

    static List<Command> of(Operations operations, Enrolment enrolment) {
        return List.of(
                new SitesCommand(operations),
                new ServersCommand(operations),
                new SuspendSiteCommand(operations, true),
                new SuspendSiteCommand(operations, false),
                new ExplainCommand(operations),
                new RefusalsCommand(operations),
                new CountersCommand(operations),
                new ExportCommand(operations));
    }
}
