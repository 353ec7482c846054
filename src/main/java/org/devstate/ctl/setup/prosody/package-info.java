/**
 * The set-up beside Prosody. Its configuration is Lua; settings, hosts, components and includes are read, and anything else is an error.
 * All that the component needs goes into one file of its own, which Prosody includes; no other text is changed, except for the line that
 * includes it if no line does.
 */
@NullMarked
package org.devstate.ctl.setup.prosody;

import org.jspecify.annotations.NullMarked;
