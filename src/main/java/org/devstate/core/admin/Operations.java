package org.devstate.core.admin;

/**
 * What the commands work on.
 *
 * @param sites who may say and hear what
 * @param servers the Asterisk servers
 * @param entries what is known
 * @param journal what has happened
 */
public record Operations(Sites sites, Servers servers, Entries entries, Journal journal) {}
