package org.devstate.core.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps everything for as long as the process lives. Thread-safe. */
public final class MemoryStore implements Store {

    private final Map<Object, Change> kept = new LinkedHashMap<>();

    @Override
    public synchronized Contents load() {
        List<Change.Binding> bindings = new ArrayList<>();
        List<Change.Mailbox> mailboxes = new ArrayList<>();
        for (Change change : kept.values()) {
            if (change instanceof Change.Binding binding) {
                bindings.add(binding);
            } else if (change instanceof Change.Mailbox mailbox) {
                mailboxes.add(mailbox);
            }
        }
        return new Contents(bindings, mailboxes);
    }

    @Override
    public synchronized void write(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.MailboxGone gone) {
                kept.remove(gone.subject());
            } else {
                kept.put(change.subject(), change);
            }
        }
    }
}
