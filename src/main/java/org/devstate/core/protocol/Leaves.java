package org.devstate.core.protocol;

/**
 * Which names below our two nodes are leaf nodes of ours (XEP-0248), if a request does not show it. Leaf nodes are only names: nothing
 * is stored for them, and they need not be created.
 */
public interface Leaves {

    /** For an address that others have nodes at, too, and about which nothing is known. */
    Leaves NONE = new Leaves() {
        @Override
        public boolean everyName() {
            return false;
        }

        @Override
        public boolean isReadable(String node) {
            return false;
        }

        @Override
        public boolean has(String node) {
            return false;
        }
    };

    /** Whether every name is one, because there are no other nodes at the address. */
    boolean everyName();

    /** Whether {@code node} is known to be a leaf node of the sender's; called only if it matters, because it may take a while. */
    boolean has(String node);

    /** Whether {@code node} is known to be a leaf node, of any account, that the sender may read; called only if it matters. */
    boolean isReadable(String node);
}
