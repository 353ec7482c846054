// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.time.Duration;
import java.util.Set;
import org.devstate.ctl.settings.ConnectionSettings;

/** Opens conversations over connections of a test. */
public final class OpenerFixture {

    private OpenerFixture() {}

    /** Over the connections that {@code opener} makes. */
    public static ConversationOpener of(ServiceOpener opener) {
        ConnectionSettings settings = new ConnectionSettings(
                "devstate.example", "admin", "example.net", null, null, 5222, null, Duration.ofSeconds(10));
        return new ConversationOpener(opener, settings, settings.login("secret"), new CommandNames(Set.of()));
    }
}
