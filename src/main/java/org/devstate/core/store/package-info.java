/**
 * What outlives a restart of the service: mailboxes, as Asterisk does not repeat them, and whose each EID is. A host gives the
 * service what a {@link org.devstate.core.store.Store} has kept, and lets a {@link org.devstate.core.store.WriteBehind} write down
 * what changes:
 *
 * <pre>{@code
 * WriteBehind writer = new WriteBehind(store, thread, 1_000);
 * DeviceStateService service = new DeviceStateService(..., writer::note);
 * service.restore(store.load());
 * ...
 * writer.flush(); // at the end
 * }</pre>
 */
@NullMarked
package org.devstate.core.store;

import org.jspecify.annotations.NullMarked;
