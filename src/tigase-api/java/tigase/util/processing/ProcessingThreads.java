package tigase.util.processing;

public class ProcessingThreads<E extends WorkerThread> {

    private ProcessingThreads() {}

    public int getTotalQueueSize() {
        throw new UnsupportedOperationException();
    }
}
