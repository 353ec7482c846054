// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.setup.plan.SetupFinding.FindingState;

/** The findings and changes so far. Not thread-safe. */
public final class PlanDraft {

    private final List<SetupFinding> findings = new ArrayList<>();
    private final List<FileChange> changes = new ArrayList<>();
    private final List<FileCopy> copies = new ArrayList<>();

    /** Notes that nothing has to be done. */
    public void ok(String text) {
        findings.add(new SetupFinding(FindingState.OK, text));
    }

    /** Notes something that a change does. */
    public void missing(String text) {
        findings.add(new SetupFinding(FindingState.MISSING, text));
    }

    /** Notes something that only a person can do. */
    public void byHand(String text) {
        findings.add(new SetupFinding(FindingState.BY_HAND, text));
    }

    /** Notes something that a person should look at. */
    public void note(String text) {
        findings.add(new SetupFinding(FindingState.NOTE, text));
    }

    /** Turns all that was missing so far into ok, because a file that is there already has it. */
    public void settle() {
        findings.replaceAll(finding ->
                finding.state() == FindingState.MISSING ? new SetupFinding(FindingState.OK, finding.text()) : finding);
    }

    /** Adds a change, unless it changes nothing. */
    public void change(FileChange change) {
        if (!change.after().equals(change.before())) {
            changes.add(change);
        }
    }

    /** Adds a new file that is a copy. */
    public void copy(FileCopy copy) {
        copies.add(copy);
    }

    /** The new files that are copies. */
    public List<FileCopy> copies() {
        return List.copyOf(copies);
    }

    /** The findings, in the order in which they were noted. */
    public List<SetupFinding> findings() {
        return List.copyOf(findings);
    }

    /** The changes, in the order in which they are made. */
    public List<FileChange> changes() {
        return List.copyOf(changes);
    }
}
