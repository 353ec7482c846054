/**
 * The set-up of the plugin in Tigase. {@code scripts/install-plugin} knows Tigase: it makes the new configuration with Tigase's own
 * reader, makes the tables, and looks up accounts in Tigase's database. The changes of files are planned, made and undone here.
 */
@NullMarked
package org.devstate.ctl.setup.tigase;

import org.jspecify.annotations.NullMarked;
