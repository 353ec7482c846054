/** Runs the measurements on real servers, and reports; called by scripts/bench. */
@NullMarked
package org.devstate.bench.run;

import org.jspecify.annotations.NullMarked;
