// SPDX-License-Identifier: Apache-2.0
package tigase.server;

public enum Permissions {
    NONE,
    ANONYM,
    REMOTE,
    LOCAL,
    AUTH,
    TRUSTED,
    ADMIN
}
