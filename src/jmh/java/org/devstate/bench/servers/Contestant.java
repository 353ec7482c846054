package org.devstate.bench.servers;

import java.util.List;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;

/** A running server that is measured. */
public interface Contestant extends AutoCloseable {

    /** By which name it stands in the table. */
    String title();

    Address address();

    /** The processes that do the work. */
    List<Long> pids();

    /** Whether ours is in it or beside it: it conflates, sends snapshots, and takes back what its publishers withdraw. */
    boolean isOurs();

    /** The process whose heap holds the entries; 0 where it is not ours. */
    default long heapPid() {
        return 0;
    }

    /** Makes accounts whose passwords are their names, and does what must be done before they can share states. */
    void prepare(EventLoop loop, List<String> users);

    /** Ends it and starts it again, with its accounts; tells whether it can be done. */
    default boolean restart() {
        return false;
    }

    @Override
    void close();
}
