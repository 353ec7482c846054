/** Commands about the history: changes, rejections and counters. */
@NullMarked
package org.devstate.core.admin.history;

import org.jspecify.annotations.NullMarked;
