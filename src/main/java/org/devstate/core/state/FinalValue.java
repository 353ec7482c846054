// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import org.devstate.core.model.Jid;
import org.devstate.core.model.Value;

/**
 * The final value that subscribers receive for a device entry when it is removed.
 *
 * @param value usually the offline state
 * @param publisher the session or account that is given as its publisher
 */
public record FinalValue(Value value, Jid publisher) {}
