package org.devstate.core.admin;

/** Something that an administrator can have done: a function over forms. Implementations are stateless and thread-safe. */
public interface Command {

    /** By what it is called. */
    String node();

    /** What it does, for people. */
    String title();

    /** Whether it only shows something: then it can be run while the service is not serving. */
    default boolean isReadOnly() {
        return false;
    }

    /** Its first stage; or its result, where there is nothing to fill in. */
    Step begin();
}
