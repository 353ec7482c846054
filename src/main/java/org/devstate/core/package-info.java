/**
 * The service, {@link org.devstate.core.DeviceStateService}. The core names no XMPP library, no host and no clock of its own, which a test
 * holds. {@code src/site/markdown/architecture.md} follows one publish through it.
 */
@NullMarked
package org.devstate.core;

import org.jspecify.annotations.NullMarked;
