package org.devstate.core.reference;

import org.devstate.core.model.NodeType;

/** What somebody has a word on. */
record Key(NodeType node, String id, String eid) {}
