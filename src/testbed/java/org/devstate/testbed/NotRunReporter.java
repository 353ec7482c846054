// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Lists the tests that did not run because a server is not available: a line for each test, or for a class without any, in the file
 * that the system property {@code devstate.notRun} names. Maven reports such a class as one without tests. JUnit finds this by
 * {@code META-INF/services}.
 */
public final class NotRunReporter implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        report(context, "." + context.getRequiredTestMethod().getName() + " " + context.getDisplayName(), thrown);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        report(context, ", all of it", thrown);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        handleTestExecutionException(context, thrown);
    }

    private static void report(ExtensionContext context, String what, Throwable thrown) throws Throwable {
        String file = System.getProperty("devstate.notRun", "");
        if (!file.isEmpty() && isNotRun(thrown)) {
            append(
                    Path.of(file),
                    context.getRequiredTestClass().getName().replaceFirst(".*\\.", "") + what + ": "
                            + thrown.getMessage());
        }
        throw thrown;
    }

    private static boolean isNotRun(Throwable thrown) {
        return thrown instanceof TestAbortedException
                && String.valueOf(thrown.getMessage()).startsWith(Testbed.NOT_RUN);
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
