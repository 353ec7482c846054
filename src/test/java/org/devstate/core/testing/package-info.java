/** Fakes that record, time that is advanced by hand, and XML compared by structure. */
@NullMarked
package org.devstate.core.testing;

import org.jspecify.annotations.NullMarked;
