/** What {@link org.devstate.core.admin.operations.Operations} shows and changes in a service. */
@NullMarked
package org.devstate.core.admin.service;

import org.jspecify.annotations.NullMarked;
