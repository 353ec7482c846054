/**
 * The HTTP server: routes, their parameters and errors, event streams that no slow reader delays, and the files of the page. It knows
 * nothing of devices; {@link org.devstate.serve.http.Route} is what it is given.
 */
@NullMarked
package org.devstate.serve.http;

import org.jspecify.annotations.NullMarked;
