package org.devstate.core.access;

import java.util.List;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a site. Stateless. */
final class RuleReader {

    private RuleReader() {}

    /** Reads what follows {@code publish}; {@code null} where that is no rule, with the reason among {@code faults}. */
    static @Nullable Rule publishRule(PolicyLine line, List<Fault> faults) {
        Boolean allow = verb(line, faults);
        return allow == null ? null : subject(allow, line, faults);
    }

    /** Reads what follows {@code receive}; {@code null} where that is no rule, with the reason among {@code faults}. */
    static @Nullable ReceiveRule receiveRule(PolicyLine line, List<Fault> faults) {
        Boolean allow = verb(line, faults);
        if (allow == null) {
            return null;
        }
        String site = line.word();
        if (!site.matches("[a-z0-9._*?-]+")) {
            faults.add(line.fault("after allow or deny comes the name of a site, or * for all, not '" + site + "'"));
            return null;
        }
        Rule rule = subject(allow, line, faults);
        return rule == null ? null : new ReceiveRule(new Glob(site), rule);
    }

    private static @Nullable Boolean verb(PolicyLine line, List<Fault> faults) {
        String verb = line.word();
        if (!verb.equals("allow") && !verb.equals("deny")) {
            faults.add(line.fault("a rule begins with allow or deny, not '" + verb + "'"));
            return null;
        }
        return verb.equals("allow");
    }

    private static @Nullable Rule subject(boolean allow, PolicyLine line, List<Fault> faults) {
        String kind = line.word();
        Fault noSubject = line.fault("a rule ends with *, device NAMES or mailbox NAMES, not '" + kind + "'");
        String names = line.rest();
        boolean all = kind.equals("*");
        if (!all && !kind.equals("device") && !kind.equals("mailbox")) {
            faults.add(noSubject);
        } else if (all && !names.isEmpty()) {
            faults.add(line.fault("nothing follows *; for some names only, say device or mailbox"));
        } else if (!all && names.isEmpty()) {
            faults.add(line.fault("the names are missing that " + kind + " is about; * stands for all"));
        } else if (all) {
            return new Rule(allow, null, Glob.ANY);
        } else {
            NodeType node = kind.equals("device") ? NodeType.DEVICE_STATE : NodeType.MESSAGE_WAITING;
            return new Rule(allow, node, new Glob(names));
        }
        return null;
    }
}
