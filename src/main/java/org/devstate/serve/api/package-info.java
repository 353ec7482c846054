/** The paths below {@code /api/v1}, and those for programs that watch this one. */
@NullMarked
package org.devstate.serve.api;

import org.jspecify.annotations.NullMarked;
