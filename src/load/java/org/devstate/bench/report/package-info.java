/** The figures of measurements, and their summaries. */
@NullMarked
package org.devstate.bench.report;

import org.jspecify.annotations.NullMarked;
