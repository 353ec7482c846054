/**
 * The host that runs the engine inside a Tigase server. {@link DeviceStatePubSub} takes the place of Tigase's PubSub component
 * and leaves to it all that is not about our nodes; {@link StoreBean} has its state persisted. {@link
 * org.devstate.tigase.gate.AsteriskGate} lets Asterisk get through its login.
 */
@NullMarked
package org.devstate.tigase;

import org.jspecify.annotations.NullMarked;
