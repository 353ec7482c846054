/**
 * Persists state in an SQL database, in both hosts, with nothing but JDBC. A host says which {@link org.devstate.sql.Database} it is and
 * brings the driver; {@link org.devstate.sql.SqlStore} reads and writes the tables, {@link org.devstate.sql.WriterThread} runs what writes, and
 * {@link org.devstate.sql.ServiceLease} sees to it that one process serves an address.
 */
@NullMarked
package org.devstate.sql;

import org.jspecify.annotations.NullMarked;
