/** Who is let in. */
@NullMarked
package org.devstate.core.access;

import org.jspecify.annotations.NullMarked;
