// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import org.devstate.core.admin.form.Result;

/**
 * The answer to a request.
 *
 * @param done whether the command has ended; else it waits for a form
 * @param session names the command's session in the next request
 * @param result of the command; if it waits for a form, the values in the form
 */
public record Answer(boolean done, String session, Result result) {}
