// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

/**
 * The present figures of a site.
 *
 * @param site its name
 * @param load of all its servers together
 * @param entriesLimit how many entries it may have
 */
public record SiteFigures(String site, Load load, int entriesLimit) {}
