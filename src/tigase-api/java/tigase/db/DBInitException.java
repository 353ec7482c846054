// SPDX-License-Identifier: Apache-2.0
package tigase.db;

@SuppressWarnings("serial")
public class DBInitException extends TigaseDBException {

    public DBInitException(String message) {
        super(message);
    }
}
