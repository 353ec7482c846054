/**
 * The domain's values, without behaviour that needs anything else. They are immutable and compared by content, except for {@link
 * org.devstate.core.model.Notification}, which caches its audience and its rendering.
 */
@NullMarked
package org.devstate.core.model;

import org.jspecify.annotations.NullMarked;
