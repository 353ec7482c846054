// SPDX-License-Identifier: Apache-2.0
package tigase.stats;

import java.util.logging.Level;

@Deprecated
public class StatisticsList {

    public StatisticsList(Level level) {
        throw new UnsupportedOperationException();
    }

    public boolean add(String comp, String description, long value, Level recordLevel) {
        throw new UnsupportedOperationException();
    }

    public boolean add(String comp, String description, float value, Level recordLevel) {
        throw new UnsupportedOperationException();
    }

    public boolean checkLevel(Level recordLevel) {
        throw new UnsupportedOperationException();
    }
}
