/** What the service reports, as JSON. */
@NullMarked
package org.devstate.serve.json;

import org.jspecify.annotations.NullMarked;
