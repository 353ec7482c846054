/** The order and pace of notifications: subscriptions, and one coalescing outbox for each subscriber. */
@NullMarked
package org.devstate.core.delivery;

import org.jspecify.annotations.NullMarked;
