/** The persisted state of the component, and its database. */
@NullMarked
package org.devstate.component.store;

import org.jspecify.annotations.NullMarked;
