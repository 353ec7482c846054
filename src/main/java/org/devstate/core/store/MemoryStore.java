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
        String policy = null;
        for (Change change : kept.values()) {
            if (change instanceof Change.Binding binding) {
                bindings.add(binding);
            } else if (change instanceof Change.Mailbox mailbox) {
                mailboxes.add(mailbox);
            } else if (change instanceof Change.Policy set) {
                policy = set.text();
            }
        }
        return new Contents(bindings, mailboxes, policy);
    }

    @Override
    public synchronized void write(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.MailboxGone || change instanceof Change.BindingGone) {
                kept.remove(change.subject());
            } else {
                kept.put(change.subject(), change);
            }
        }
    }
}
