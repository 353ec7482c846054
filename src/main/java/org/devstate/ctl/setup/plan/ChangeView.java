package org.devstate.ctl.setup.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A planned change as people see it: its lines, with two unchanged ones around them, and without its secrets. Stateless. */
public final class ChangeView {

    private static final int CONTEXT = 2;

    private ChangeView() {}

    /** Returns the lines of a change. */
    public static List<String> of(FileChange change) {
        List<String> after = lines(change.after(), change.hidden());
        if (change.before() == null) {
            return after.stream().map(line -> "+ " + line).toList();
        }
        return difference(lines(change.before(), change.hidden()), after);
    }

    private static List<String> difference(List<String> before, List<String> after) {
        int most = Math.min(before.size(), after.size());
        int same = 0;
        while (same < most && before.get(same).equals(after.get(same))) {
            same++;
        }
        int end = 0;
        while (end < most - same && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        List<String> shown = new ArrayList<>();
        before.subList(Math.max(0, same - CONTEXT), same).forEach(line -> shown.add("  " + line));
        before.subList(same, before.size() - end).forEach(line -> shown.add("- " + line));
        after.subList(same, after.size() - end).forEach(line -> shown.add("+ " + line));
        after.subList(after.size() - end, Math.min(after.size(), after.size() - end + CONTEXT))
                .forEach(line -> shown.add("  " + line));
        return shown;
    }

    private static List<String> lines(String text, Map<String, String> hidden) {
        String shown = text;
        for (Map.Entry<String, String> part : hidden.entrySet()) {
            shown = shown.replace(part.getKey(), part.getValue());
        }
        return shown.lines().toList();
    }
}
