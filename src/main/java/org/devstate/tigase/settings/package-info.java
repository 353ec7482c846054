/** The plugin's settings, read from Tigase's configuration. */
@NullMarked
package org.devstate.tigase.settings;

import org.jspecify.annotations.NullMarked;
