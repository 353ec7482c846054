/** The service and its accounts, as the commands see and change them. */
@NullMarked
package org.devstate.core.admin.operations;

import org.jspecify.annotations.NullMarked;
