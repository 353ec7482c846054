// SPDX-License-Identifier: Apache-2.0
package tigase.pubsub.repository;

public class PresenceCollectorRepository {

    public PresenceCollectorRepository() {
        throw new UnsupportedOperationException();
    }
}
