// SPDX-License-Identifier: Apache-2.0
package tigase.util.common;

public abstract class TimerTask implements Runnable {

    public TimerTask() {
        throw new UnsupportedOperationException();
    }
}
