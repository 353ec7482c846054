// SPDX-License-Identifier: Apache-2.0
package tigase.server;

public enum Priority {
    HIGH
}
