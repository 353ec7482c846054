// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/** Has the account of each EID persisted, and logged. Thread-safe. */
public record EidBindingRecorder(Persister persister, SiteLogger siteLogger) implements EidBindings.BindingListener {

    @Override
    public void bound(Eid eid, Account account) {
        persister.persist(new Change.Binding(eid, account));
        siteLogger.bound(eid, account);
    }

    @Override
    public void released(Eid eid) {
        persister.persist(new Change.BindingGone(eid));
    }
}
