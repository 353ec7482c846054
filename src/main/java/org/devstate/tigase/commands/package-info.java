/** The ad-hoc commands in Tigase, and Tigase's accounts. */
@NullMarked
package org.devstate.tigase.commands;

import org.jspecify.annotations.NullMarked;
