// SPDX-License-Identifier: Apache-2.0
package tigase.conf;

import java.io.IOException;
import java.io.Reader;
import java.util.Map;

public class ConfigReader {

    public static Map<String, Object> flatTree(Map<String, Object> props) {
        throw new java.lang.UnsupportedOperationException();
    }

    public ConfigReader() {
        throw new java.lang.UnsupportedOperationException();
    }

    public Map<String, Object> read(Reader reader) throws IOException, ConfigException {
        throw new java.lang.UnsupportedOperationException();
    }

    @SuppressWarnings("serial")
    public static class ConfigException extends Exception {

        public ConfigException(String msg) {
            throw new java.lang.UnsupportedOperationException();
        }
    }

    @SuppressWarnings("serial")
    public static class InvalidFormatException extends ConfigException {

        public InvalidFormatException(String msg) {
            super(msg);
        }
    }

    @SuppressWarnings("serial")
    public static class UnsupportedOperationException extends ConfigException {

        public UnsupportedOperationException(String msg, int line, int position, String lineContent, Throwable cause) {
            super(msg);
        }

        public int getLine() {
            throw new java.lang.UnsupportedOperationException();
        }

        public String getLineContent() {
            throw new java.lang.UnsupportedOperationException();
        }
    }
}
