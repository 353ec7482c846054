/** The state of the service, as the commands see and change it. */
@NullMarked
package org.devstate.core.admin.service;

import org.jspecify.annotations.NullMarked;
