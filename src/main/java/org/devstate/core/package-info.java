/**
 * The engine, {@link org.devstate.core.DeviceStateService}. It names no XMPP library, no host and no clock of its own (a test
 * holds that), and data flows through it one way:
 *
 * <pre>
 * stanza -> protocol: Request -> validation: Verdict -> state: table -> delivery: outboxes -> protocol: stanza
 * </pre>
 */
@NullMarked
package org.devstate.core;

import org.jspecify.annotations.NullMarked;
