/**
 * The manual pages and the completion of the commands, from picocli's model of each: for the build of the packages, no part of a running
 * command.
 */
@NullMarked
package org.devstate.manual;

import org.jspecify.annotations.NullMarked;
