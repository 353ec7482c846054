/** The commands as XMPP carries them: XEP-0050, with the forms of XEP-0004 and the discovery of XEP-0030. */
@NullMarked
package org.devstate.core.admin.wire;

import org.jspecify.annotations.NullMarked;
