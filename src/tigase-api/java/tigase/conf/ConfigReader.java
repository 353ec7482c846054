package tigase.conf;

import java.io.File;
import java.io.IOException;
import java.util.Map;

public class ConfigReader {

    public ConfigReader() {
        throw new UnsupportedOperationException();
    }

    public Map<String, Object> read(File f) throws IOException, ConfigException {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("serial")
    public static class ConfigException extends Exception {

        public ConfigException(String msg) {
            throw new UnsupportedOperationException();
        }
    }
}
