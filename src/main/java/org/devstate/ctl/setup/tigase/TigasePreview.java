// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.tigase;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.setup.plan.FileCopy;

/**
 * The facts about an installation of Tigase.
 *
 * @param config its configuration, as it would be with the plugin
 * @param domain its default virtual host; empty if it has none
 * @param clientPort on which it takes clients
 * @param database such as derby
 * @param process its process id; empty if it is stopped
 * @param installed the jars of the plugin that are there
 * @param copies the files of the plugin that would be there
 * @param notes remarks on settings that were left as they are
 */
record TigasePreview(
        String config,
        String domain,
        int clientPort,
        String database,
        String process,
        List<Path> installed,
        List<FileCopy> copies,
        List<String> notes) {

    /** Whether its accounts can be looked up: Derby's files are open for one process only. */
    boolean canLookUpAccounts() {
        return process.isEmpty() || !database.equals("derby");
    }
}
