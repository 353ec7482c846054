// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ConversationOpener;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.jspecify.annotations.Nullable;

/**
 * Commands that the service answers at once, over one connection of their own, one after another. The connection is made when it is
 * needed, and anew after it was lost. Thread-safe.
 */
public final class LiveCalls implements CommandCaller, AutoCloseable {

    /** How long a command waits for those before it, in seconds. */
    private static final long PATIENCE_S = 5;

    private final ConversationOpener opener;
    private final ReentrantLock lock = new ReentrantLock(true);
    private @Nullable Conversation conversation;

    public LiveCalls(ConversationOpener opener) {
        this.opener = opener;
    }

    /**
     * Has a command carried out.
     *
     * @throws Failure if the service cannot be reached, rejects, or is busy with the commands before
     */
    @Override
    public Result call(String command, FilledForm form) throws Failure {
        return call(command, form, PATIENCE_S);
    }

    /** The same, for a caller that waits as long as it takes, because it is the only one of its kind. */
    public CommandCaller patient() {
        return (command, form) -> call(command, form, Integer.MAX_VALUE);
    }

    private Result call(String command, FilledForm form, long patienceS) throws Failure {
        try {
            if (!lock.tryLock(patienceS, TimeUnit.SECONDS)) {
                throw Failure.unreachable("the commands before this one have taken " + patienceS + " s; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
        try {
            return callNow(command, form);
        } finally {
            lock.unlock();
        }
    }

    private Result callNow(String command, FilledForm form) throws Failure {
        Conversation open = conversation;
        if (open == null) {
            return callAnew(command, form);
        }
        try {
            return open.run(command, form);
        } catch (Failure e) {
            if (e.status() != Failure.UNREACHABLE) {
                throw e;
            }
            closeNow(); // it was lost while nothing was asked, such as by a restart of the server
            return callAnew(command, form);
        }
    }

    private Result callAnew(String command, FilledForm form) throws Failure {
        Conversation opened = opener.open();
        conversation = opened;
        try {
            return opened.run(command, form);
        } catch (Failure e) {
            if (e.status() == Failure.UNREACHABLE) {
                closeNow();
            }
            throw e;
        }
    }

    private void closeNow() {
        Conversation last = conversation;
        conversation = null;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closeNow();
        } finally {
            lock.unlock();
        }
    }
}
