/** Handles requests about our nodes: dispatches them, carries them out and answers. */
@NullMarked
package org.devstate.core.requests;

import org.jspecify.annotations.NullMarked;
