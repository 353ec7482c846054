package org.devstate.core.policy;

/**
 * Whether something may be said or heard, and why.
 *
 * @param allowed whether it may
 * @param because what decides, for a person: a rule and where it stands, or that none matches
 */
public record Decision(boolean allowed, String because) {}
