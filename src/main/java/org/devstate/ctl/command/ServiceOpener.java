// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Login;
import org.devstate.ctl.xmpp.Service;

/** Makes the connection. */
public interface ServiceOpener {

    /** Connects and logs in; fails if the service cannot be reached. */
    Service open(Login login) throws Failure;
}
