package org.devstate.core.state;

import org.devstate.core.model.Jid;
import org.devstate.core.model.Value;

/**
 * What subscribers are told of a device entry at last, when it is removed.
 *
 * @param value usually the offline state
 * @param speaker the session, or account, in whose name
 */
public record LastWord(Value value, Jid speaker) {}
