/** Who is let in. */
@NullMarked
package org.devstate.core.policy;

import org.jspecify.annotations.NullMarked;
