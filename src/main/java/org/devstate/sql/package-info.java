/**
 * Persists state in an SQL database, in both hosts, with nothing but JDBC. A host names its {@link org.devstate.sql.Database} and
 * brings the driver; {@link org.devstate.sql.SqlStore} reads and writes the tables, {@link org.devstate.sql.WriterThread} runs the
 * writing tasks, and {@link org.devstate.sql.ServiceLease} ensures that only one process serves an address.
 */
@NullMarked
package org.devstate.sql;

import org.jspecify.annotations.NullMarked;
