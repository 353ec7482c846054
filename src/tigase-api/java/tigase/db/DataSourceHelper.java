// SPDX-License-Identifier: Apache-2.0
package tigase.db;

public class DataSourceHelper {

    public static <T extends Class<?>> T getDefaultClass(T cls, String uri) throws DBInitException {
        throw new UnsupportedOperationException();
    }
}
