package tigase.stats;

import java.util.logging.Level;

@Deprecated
public class StatisticsList {

    public StatisticsList(Level level) {
        throw new UnsupportedOperationException();
    }
}
