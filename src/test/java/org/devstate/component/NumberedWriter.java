// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.component.store.StoreConfig;
import org.devstate.component.store.StoreTables;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.WriteBehind;
import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.sql.WriterThread;

/**
 * A process that is to be killed: it notes changes with the numbers 1, 2, 3..., each of the next of some mailboxes, and prints which it
 * has noted and which are written. It continues where the one before was killed.
 */
final class NumberedWriter {

    static final String SERVICE = "devstate.example.net";
    static final int MAILBOXES = 50;

    /** So that nothing of it runs for ever, whatever becomes of the test. */
    private static final long LIFE_NANOS = Duration.ofSeconds(60).toNanos();

    private NumberedWriter() {}

    public static void main(String[] args) throws Exception {
        StoreConfig config = config(args[0], args[1]);
        SqlSession session = session(config);
        StoreTables.prepare(session);
        Store store = new SqlStore(session, SERVICE);
        Store telling = new Store() {
            @Override
            public Contents load() throws StoreException {
                return store.load();
            }

            @Override
            public void write(List<Change> changes) throws StoreException {
                store.write(changes);
                say("written", last(changes));
            }
        };
        WriteBehind writer = new WriteBehind(
                telling, new WriterThread(), config.writeInterval().toMillis());
        long begun = System.nanoTime();
        for (int number = last(store.load().mailboxes()) + 1; System.nanoTime() - begun < LIFE_NANOS; number++) {
            writer.note(change(number));
            if (number % 20 == 0) {
                say("noted", number);
                Thread.sleep(1);
            }
        }
    }

    private static void say(String word, int number) {
        System.out.println(word + " " + number + " " + System.currentTimeMillis());
    }

    static StoreConfig config(String url, String intervalMs) {
        return new StoreConfig(url, "devstate", "", Duration.ofMillis(Long.parseLong(intervalMs)), Path.of(""));
    }

    static SqlSession session(StoreConfig config) {
        return new SqlSession(new JdbcDatabase(config.fullUrl(), config.user(), config.password(), ""));
    }

    static Change.Mailbox change(int number) {
        ItemKey key = new ItemKey(NodeType.MESSAGE_WAITING, "mailbox" + number % MAILBOXES, new Eid(1));
        return new Change.Mailbox(key, new MailboxCounts(number, 0), Account.of("pbx1@example.net"), number);
    }

    /** The highest number; 0 if there is none. */
    static int last(List<? extends Change> changes) {
        return changes.stream()
                .mapToInt(change -> ((Change.Mailbox) change).counts().newMessages())
                .max()
                .orElse(0);
    }
}
