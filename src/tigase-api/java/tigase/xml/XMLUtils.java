// SPDX-License-Identifier: Apache-2.0
package tigase.xml;

public abstract class XMLUtils {

    public static String escape(String input) {
        throw new UnsupportedOperationException();
    }

    public static String unescape(String input) {
        throw new UnsupportedOperationException();
    }
}
