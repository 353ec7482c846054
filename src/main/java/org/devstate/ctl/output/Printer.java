package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.List;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.AnswerColumn;
import org.devstate.ctl.xmpp.Failure;

/** Writes answers. Implementations are stateless. */
public interface Printer {

    /** Writes the whole of an answer, error notes excepted. */
    void print(Answer answer, PrintWriter out);

    /** Writes one row of a table that has no end, and only that. */
    void printLine(List<AnswerColumn> columns, List<String> row, PrintWriter out);

    /** Writes a warning, to standard error. */
    void warn(String warning, PrintWriter err);

    /** Writes why the run fails, to standard error. */
    void fail(Failure failure, PrintWriter err);
}
