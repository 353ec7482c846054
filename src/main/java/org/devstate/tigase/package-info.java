/**
 * The host that runs the engine inside a Tigase server. {@link DeviceStatePubSub} takes the place of Tigase's PubSub component
 * and leaves to it all that is not about our nodes; {@link StarttlsGate} lets Asterisk get through TLS.
 */
@NullMarked
package org.devstate.tigase;

import org.jspecify.annotations.NullMarked;
