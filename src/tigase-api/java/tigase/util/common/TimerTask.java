package tigase.util.common;

public abstract class TimerTask implements Runnable {

    public TimerTask() {
        throw new UnsupportedOperationException();
    }
}
