/** Fields that several commands share: how they are offered, and read when they were filled in. */
@NullMarked
package org.devstate.core.admin.fields;

import org.jspecify.annotations.NullMarked;
