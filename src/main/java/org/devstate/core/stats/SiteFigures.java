package org.devstate.core.stats;

/**
 * What a site has and does now.
 *
 * @param site its name
 * @param load of all its servers together
 */
public record SiteFigures(String site, Load load) {}
