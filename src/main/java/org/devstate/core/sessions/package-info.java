/** Sessions, the leases of their entries, and the offline state after a lease has ended. */
@NullMarked
package org.devstate.core.sessions;

import org.jspecify.annotations.NullMarked;
