/** What the administrator's log says of sites, servers and rejections, in words, and never too much of it. */
@NullMarked
package org.devstate.core.operatorlog;

import org.jspecify.annotations.NullMarked;
