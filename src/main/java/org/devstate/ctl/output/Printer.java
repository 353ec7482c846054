package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.List;
import org.devstate.ctl.xmpp.Answer;

/** Writes answers. Implementations are stateless. */
public interface Printer {

    /** Writes the whole of an answer, error notes excepted. */
    void print(Answer answer, PrintWriter out);

    /** Writes one row of a table that has no end, and only that. */
    void printLine(List<String> columns, List<String> row, PrintWriter out);
}
