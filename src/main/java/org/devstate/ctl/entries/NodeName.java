// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A node, by its own name or by the name that rules have for its content. */
record NodeName(String node) {

    /** For the help. */
    static final String HELP = "device (or device_state), or mailbox (or message_waiting).";

    /** Reads it from the command line. */
    static final class Converter implements ITypeConverter<NodeName> {

        @Override
        public NodeName convert(String word) {
            if (List.of("device", "device_state").contains(word)) {
                return new NodeName("device_state");
            }
            if (List.of("mailbox", "message_waiting").contains(word)) {
                return new NodeName("message_waiting");
            }
            throw new TypeConversionException("'" + word + "' is neither device nor mailbox");
        }
    }
}
