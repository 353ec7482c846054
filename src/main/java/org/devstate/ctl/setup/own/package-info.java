/** The files of this project: {@code component.conf}, and the configuration and password of {@code devstatectl}. Plans only. */
@NullMarked
package org.devstate.ctl.setup.own;

import org.jspecify.annotations.NullMarked;
