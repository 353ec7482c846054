/** The settings of the connection: options of the command line, then a configuration file, then defaults. */
@NullMarked
package org.devstate.ctl.settings;

import org.jspecify.annotations.NullMarked;
