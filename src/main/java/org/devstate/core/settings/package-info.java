/** Every setting of the hosts and of a site, described once. */
@NullMarked
package org.devstate.core.settings;

import org.jspecify.annotations.NullMarked;
