// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.command;

/** Something that an administrator can have done: a function over forms. Implementations are stateless and thread-safe. */
public interface Command {

    /** Its name in XEP-0050. */
    String node();

    /** Its title, for people. */
    String title();

    /** Whether it only shows something: then it can be run while the service is not serving. */
    default boolean isReadOnly() {
        return false;
    }

    /** Its first stage, or its result if it has no form. */
    Step begin();
}
