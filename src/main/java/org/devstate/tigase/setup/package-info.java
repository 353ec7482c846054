/** Changes Tigase's configuration file for the plugin, outside the server: what {@code scripts/install-plugin} runs. */
@NullMarked
package org.devstate.tigase.setup;

import org.jspecify.annotations.NullMarked;
