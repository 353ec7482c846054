/** What the component persists, and the database that it is in. */
@NullMarked
package org.devstate.component.store;

import org.jspecify.annotations.NullMarked;
