/** How fast the core is, alone: JMH benchmarks, and measurements that need no more than a clock. See scripts/bench-core. */
@NullMarked
package org.devstate.bench;

import org.jspecify.annotations.NullMarked;
