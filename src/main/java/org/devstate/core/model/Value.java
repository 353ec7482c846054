// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

/** The published value of a device or a mailbox. Values are compared to distinguish a change from a repetition. */
public sealed interface Value permits DeviceState, MailboxCounts {}
