/** Commands about what has happened: changes, rejections and counters. */
@NullMarked
package org.devstate.core.admin.history;

import org.jspecify.annotations.NullMarked;
