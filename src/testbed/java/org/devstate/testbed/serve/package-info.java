/** {@code devstatectl serve} as users run it, and a Prometheus that scrapes it. */
@NullMarked
package org.devstate.testbed.serve;

import org.jspecify.annotations.NullMarked;
