package org.devstate.core.model;

/** What a server says of a device or a mailbox. Values are compared to tell a change from a repetition. */
public sealed interface Value permits DeviceState, MailboxCounts {}
