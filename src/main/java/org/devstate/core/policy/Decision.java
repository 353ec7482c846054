package org.devstate.core.policy;

/**
 * Whether an item may be published or received, and why.
 *
 * @param allowed whether it may
 * @param because the reason, for a person: a rule and its place, or that none matches
 */
public record Decision(boolean allowed, String because) {}
