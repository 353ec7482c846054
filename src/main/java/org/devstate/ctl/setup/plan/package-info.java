/** Finds out what an XMPP server lacks, and plans the changes; changes nothing, so that a test gives text and receives text. */
@NullMarked
package org.devstate.ctl.setup.plan;

import org.jspecify.annotations.NullMarked;
