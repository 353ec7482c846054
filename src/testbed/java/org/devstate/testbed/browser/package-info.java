/** A real browser without windows: the test looks, clicks and types, as a person does. */
@NullMarked
package org.devstate.testbed.browser;

import org.jspecify.annotations.NullMarked;
