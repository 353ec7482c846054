/** Changes Tigase's configuration file for the plugin, outside the server; {@code scripts/install-plugin} runs it. */
@NullMarked
package org.devstate.tigase.setup;

import org.jspecify.annotations.NullMarked;
