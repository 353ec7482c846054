// SPDX-License-Identifier: Apache-2.0
package tigase.db;

import tigase.component.exceptions.RepositoryException;

public interface DataSourceAware<T extends DataSource> {

    void setDataSource(T dataSource) throws RepositoryException;
}
