// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import org.devstate.core.admin.operations.Sites;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.spi.AdmissionListener;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/**
 * Puts another policy in force, at once. Subscribers that may no longer receive an entry are notified of its removal; subscribers that
 * may receive it from now on are notified of it. Thread-safe; notifications leave with no lock held.
 */
public final class PolicyChanger implements Sites {

    private final ActivePolicy activePolicy;
    private final EntryRecorder recorder;
    private final Persister persister;
    private final SiteLogger siteLogger;
    private volatile AdmissionListener admissionListener = sessions -> {};
    private volatile PolicyListener policyListener = PolicyListener.NONE;
    private boolean persisted;

    public PolicyChanger(
            ActivePolicy activePolicy, EntryRecorder recorder, Persister persister, SiteLogger siteLogger) {
        this.activePolicy = activePolicy;
        this.recorder = recorder;
        this.persister = persister;
        this.siteLogger = siteLogger;
    }

    /** See {@link org.devstate.core.DeviceStateService#onAccountsAdmitted}. */
    public void onAccountsAdmitted(AdmissionListener listener) {
        admissionListener = listener;
    }

    /** Has changes by command sent to the other nodes of a cluster. */
    public void onChange(PolicyListener listener) {
        policyListener = listener;
    }

    @Override
    public Policy policy() {
        return activePolicy.now().policy();
    }

    @Override
    public boolean replace(Policy before, Policy after) {
        synchronized (this) {
            if (!policy().equals(before)) {
                return false;
            }
            if (after.equals(before)) {
                return true;
            }
            persistAndApply(after);
        }
        recorder.flush();
        return true;
    }

    /** Puts {@code policy} in force, and persists it. */
    public void change(Policy policy) {
        synchronized (this) {
            persistAndApply(policy);
        }
        recorder.flush();
    }

    private void persistAndApply(Policy policy) {
        putInForce(policy);
        persister.persist(new Change.PolicyText(policyListener.changed(PolicyWriter.write(policy))));
    }

    /** Puts a policy in force that was changed at another node of the cluster, and persists it: that node may have crashed before it did. */
    public void adopt(Policy policy) {
        synchronized (this) {
            putInForce(policy);
            persistAgain();
        }
        recorder.flush();
    }

    /** Persists the policy in force once more: another node has persisted an older one since. */
    public synchronized void persistAgain() {
        persister.persist(new Change.PolicyText(policyListener.numbered(PolicyWriter.write(policy()))));
    }

    private void putInForce(Policy policy) {
        siteLogger.changed(policy(), policy);
        persisted = true;
        announceNewAccounts(recorder.apply(policy));
    }

    /**
     * Puts a persisted policy in force; no account was rejected because of the one before.
     *
     * @param text the persisted text; empty if that is invalid, and {@code policy} in its place
     */
    public void restore(Policy policy, String text) {
        synchronized (this) {
            persisted = true;
            var unused = recorder.apply(policy);
            policyListener.restored(text);
        }
        recorder.flush();
    }

    /** Puts {@code policy} in force if none is persisted. Returns whether it is in force. If it is already, that costs nothing. */
    public boolean configure(Policy policy) {
        synchronized (this) {
            if (persisted) {
                return false;
            }
            if (policy.equals(policy())) {
                return true;
            }
            siteLogger.changed(policy(), policy);
            announceNewAccounts(recorder.apply(policy));
        }
        recorder.flush();
        return true;
    }

    private void announceNewAccounts(CompiledPolicy before) {
        admissionListener.admitted(jid -> activePolicy.admits(jid) && !before.admits(jid));
    }
}
