/**
 * The state that outlives a restart of the service: sites, EID bindings, mailboxes, the names of devices, the last publisher of each
 * EID, and subscriptions. A host loads them from a {@link org.devstate.core.store.Store} for {@link
 * org.devstate.core.DeviceStateService#restore}, and gives the service a {@link org.devstate.core.store.Persister}: {@link
 * org.devstate.core.store.WriteBehind#note}, which writes changes a little later.
 */
@NullMarked
package org.devstate.core.store;

import org.jspecify.annotations.NullMarked;
