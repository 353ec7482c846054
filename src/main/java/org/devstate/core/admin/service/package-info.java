/** What the commands see and change of the service. */
@NullMarked
package org.devstate.core.admin.service;

import org.jspecify.annotations.NullMarked;
