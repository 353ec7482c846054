// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.List;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.xmpp.Failure;

/** Writes results. Implementations are stateless. */
public interface Printer {

    /** Writes the whole of a result, error notes excepted. */
    void print(Result result, PrintWriter out);

    /** Writes one row of a table that has no end, and only that. */
    void printLine(List<Column> columns, List<String> row, PrintWriter out);

    /** Writes a warning, to standard error. */
    void warn(String warning, PrintWriter err);

    /** Writes why the run fails, to standard error. */
    void fail(Failure failure, PrintWriter err);
}
