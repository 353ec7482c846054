package org.devstate.core.stats;

/**
 * The present figures of a site.
 *
 * @param site its name
 * @param load of all its servers together
 */
public record SiteFigures(String site, Load load) {}
