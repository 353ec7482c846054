// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import org.devstate.core.admin.form.Result;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;

/** Has commands of the service carried out. */
public interface CommandCaller {

    /**
     * Has a command carried out.
     *
     * @param command the name of the ad-hoc command, such as {@code devstate-entry}
     * @throws Failure if the service cannot be reached, or rejects the command
     */
    Result call(String command, FilledForm form) throws Failure;
}
