// SPDX-License-Identifier: Apache-2.0
package tigase.xmpp;

public enum StanzaType {
    result,
    set,
    unavailable
}
