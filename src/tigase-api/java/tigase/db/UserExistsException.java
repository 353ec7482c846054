// SPDX-License-Identifier: Apache-2.0
package tigase.db;

public class UserExistsException extends TigaseDBException {

    private static final long serialVersionUID = 1L;

    public UserExistsException(String message) {
        super(message);
    }
}
