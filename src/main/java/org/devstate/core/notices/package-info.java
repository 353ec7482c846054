/** What the administrator's log says of sites, servers and refusals, in words, and never too much of it. */
@NullMarked
package org.devstate.core.notices;

import org.jspecify.annotations.NullMarked;
