/** Who is told, in which order, and how fast: subscriptions, and one coalescing outbox for each receiver. */
@NullMarked
package org.devstate.core.delivery;

import org.jspecify.annotations.NullMarked;
