// SPDX-License-Identifier: Apache-2.0
package tigase.db.beans;

import tigase.db.DBInitException;
import tigase.db.DataSource;
import tigase.db.DataSourceAware;
import tigase.kernel.beans.UnregisterAware;

@SuppressWarnings("rawtypes")
public abstract class SDRepositoryBean<A extends DataSourceAware> implements UnregisterAware {

    public SDRepositoryBean() {
        throw new UnsupportedOperationException();
    }

    public void initialize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beforeUnregister() {
        throw new UnsupportedOperationException();
    }

    protected abstract Class<?> findClassForDataSource(DataSource dataSource) throws DBInitException;

    protected Class<?> getRepositoryClassName() throws DBInitException, ClassNotFoundException {
        throw new UnsupportedOperationException();
    }

    protected A getRepository() {
        throw new UnsupportedOperationException();
    }
}
