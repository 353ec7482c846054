/**
 * The host that runs the engine inside a Tigase server. {@link DeviceStatePubSub} takes the place of Tigase's PubSub component
 * and leaves to it all that is not about our nodes; {@link AsteriskGate} lets Asterisk get through its login.
 */
@NullMarked
package org.devstate.tigase;

import org.jspecify.annotations.NullMarked;
