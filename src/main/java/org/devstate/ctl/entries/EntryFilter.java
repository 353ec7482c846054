// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import org.devstate.ctl.xmpp.FilledForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which devices and mailboxes are meant. */
final class EntryFilter {

    @Option(names = "--site", paramLabel = "SITE", description = "Of this site only.")
    private @Nullable String site;

    @Option(names = "--node", paramLabel = "NODE", converter = NodeName.Converter.class, description = NodeName.HELP)
    private @Nullable NodeName node;

    @Option(
            names = "--id",
            paramLabel = "GLOB",
            description = "Names such as 'PJSIP/2*'; * is any characters, ? is one.")
    private @Nullable String id;

    /** Returns the form with the given options. */
    FilledForm fill(FilledForm form) {
        FilledForm filled = site == null ? form : form.with("site", site);
        filled = node == null ? filled : filled.with("node", node.node());
        return id == null ? filled : filled.with("id", id);
    }
}
