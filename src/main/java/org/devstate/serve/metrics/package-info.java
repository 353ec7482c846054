/** What Prometheus scrapes: the figures of the service, which the service names and describes, and those of this program. */
@NullMarked
package org.devstate.serve.metrics;

import org.jspecify.annotations.NullMarked;
