// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.util.concurrent.Callable;

/**
 * A subcommand that stands in a room of its own, and that {@code devstatectl} finds by {@link java.util.ServiceLoader}. Its class has
 * picocli's annotations, and a public constructor without parameters.
 */
public interface ExtraSubcommand extends Callable<Integer> {}
