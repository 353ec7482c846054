package org.devstate.sql;

/**
 * A process that serves, or wants to.
 *
 * @param id of this process; no other has it
 * @param installation of all processes that this installation has started; only one of them runs at a time. Empty if that is not known
 *     for certain
 * @param name for the administrators of another process: host, process, start
 */
public record LeaseHolder(String id, String installation, String name) {

    /** The longest name. */
    static final int MAX_NAME = 255;

    public LeaseHolder {
        name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }
}
