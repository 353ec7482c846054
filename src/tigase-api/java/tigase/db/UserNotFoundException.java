// SPDX-License-Identifier: Apache-2.0
package tigase.db;

public class UserNotFoundException extends TigaseDBException {

    private static final long serialVersionUID = 1L;

    public UserNotFoundException(String message) {
        super(message);
    }
}
