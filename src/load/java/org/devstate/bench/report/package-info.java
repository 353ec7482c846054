/** What was measured: kept figure by figure, and summed up. */
@NullMarked
package org.devstate.bench.report;

import org.jspecify.annotations.NullMarked;
