package tigase.pubsub.repository;

public class PresenceCollectorRepository {

    public PresenceCollectorRepository() {
        throw new UnsupportedOperationException();
    }
}
