/** Reads files, makes planned changes with backups and a record of them, and undoes them; runs the commands of XMPP servers. */
@NullMarked
package org.devstate.ctl.setup.files;

import org.jspecify.annotations.NullMarked;
