// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The choices of the user.
 *
 * @param domain of the accounts, such as example.net
 * @param admin the account of the administrator
 * @param address of the service
 * @param serverHost where the Asterisk servers find the XMPP server; {@code null} for the domain
 * @param componentFolder the folder of component.conf
 * @param connectionFile the configuration of devstatectl
 */
public record SetupRequest(
        String domain,
        String admin,
        String address,
        @Nullable String serverHost,
        Path componentFolder,
        Path connectionFile) {

    /** The configuration of the component. */
    public Path componentFile() {
        return componentFolder.resolve("component.conf");
    }
}
