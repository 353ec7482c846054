/** {@code devstatectl serve} as users run it, a Prometheus that scrapes it, and a proxy in front of it. */
@NullMarked
package org.devstate.testbed.serve;

import org.jspecify.annotations.NullMarked;
