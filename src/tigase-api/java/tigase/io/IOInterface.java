// SPDX-License-Identifier: Apache-2.0
package tigase.io;

import java.io.IOException;
import java.nio.ByteBuffer;

public interface IOInterface {

    int write(ByteBuffer buff) throws IOException;
}
