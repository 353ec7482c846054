/** {@code scripts/demo}: two sites that know each other's phones, on a terminal. */
@NullMarked
package org.devstate.demo;

import org.jspecify.annotations.NullMarked;
