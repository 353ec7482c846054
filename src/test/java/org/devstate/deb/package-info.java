/** Tests of the Debian packages. */
@NullMarked
package org.devstate.deb;

import org.jspecify.annotations.NullMarked;
