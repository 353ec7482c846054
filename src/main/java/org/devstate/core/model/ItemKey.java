package org.devstate.core.model;

/**
 * What an entry is about: one server's word on one device or mailbox. Two servers never share a key.
 *
 * @param node the node it was published to
 * @param id the device or mailbox name, as validated
 * @param eid the server that says it
 */
public record ItemKey(NodeType node, String id, Eid eid) {}
