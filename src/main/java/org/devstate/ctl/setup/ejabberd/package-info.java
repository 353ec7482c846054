/**
 * The set-up beside ejabberd. Its configuration is YAML; a library reads it, with the place of each value. Each change is text that is
 * inserted at such a place, so that all other text stays, and is read again: it must have the same content as before, and ours.
 */
@NullMarked
package org.devstate.ctl.setup.ejabberd;

import org.jspecify.annotations.NullMarked;
