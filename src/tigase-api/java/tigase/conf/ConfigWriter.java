package tigase.conf;

import java.io.File;
import java.io.IOException;
import java.util.Map;

public class ConfigWriter {

    public ConfigWriter() {
        throw new UnsupportedOperationException();
    }

    public void write(File f, Map<String, Object> props) throws IOException {
        throw new UnsupportedOperationException();
    }
}
