// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.persistence;

import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.SqlSession;
import org.jspecify.annotations.Nullable;
import tigase.db.DataSource;
import tigase.db.DataSourceAware;

/** Our tables in one of Tigase's data sources; the bean {@code devstate-store} has it made. */
public class DevstateTables implements DataSourceAware<DataSource> {

    private static final String MISSING =
            "copy the files *-devstate-*.sql of this plugin to TIGASE_HOME/database, then stop"
                    + " Tigase, run its schema tool, scripts/tigase.sh upgrade-schema etc/tigase.conf, and start it again";

    private volatile @Nullable SqlSession session;

    /**
     * Takes another data source. Of that we use no more than its address: its connections are shared by many, and none of them can
     * have a transaction to itself.
     */
    @Override
    public void setDataSource(DataSource source) {
        session = new SqlSession(new JdbcDatabase(source.getResourceUri(), MISSING));
    }

    /** A connection of our own to it; {@code null} if there is no data source. */
    public @Nullable SqlSession session() {
        return session;
    }
}
