// SPDX-License-Identifier: Apache-2.0
package tigase.util.workqueue;

public abstract class PriorityQueueAbstract<E> {

    public PriorityQueueAbstract() {
        throw new UnsupportedOperationException();
    }

    public abstract int totalSize();
}
