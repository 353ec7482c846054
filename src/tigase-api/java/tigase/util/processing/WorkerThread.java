package tigase.util.processing;

public abstract class WorkerThread extends Thread {

    public WorkerThread() {
        throw new UnsupportedOperationException();
    }
}
