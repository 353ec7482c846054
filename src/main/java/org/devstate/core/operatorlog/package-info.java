/** The operator log: lines about sites, servers and rejections, limited in number. */
@NullMarked
package org.devstate.core.operatorlog;

import org.jspecify.annotations.NullMarked;
