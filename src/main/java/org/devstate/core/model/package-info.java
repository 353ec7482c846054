/** The domain's values: immutable, compared by content, without behaviour that needs anything else. */
@NullMarked
package org.devstate.core.model;

import org.jspecify.annotations.NullMarked;
