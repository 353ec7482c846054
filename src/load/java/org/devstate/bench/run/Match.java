// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.run;

import java.util.List;
import java.util.function.Supplier;
import org.devstate.bench.servers.Contestant;

/**
 * Servers that are measured side by side.
 *
 * @param letter by which it is chosen on the command line
 * @param title of its table
 * @param starters start the stock servers, then the one with ours
 */
record Match(String letter, String title, List<Supplier<Contestant>> starters) {}
