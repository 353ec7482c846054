/**
 * Real servers for tests and the demo: Asterisk and Prosody from the folder that {@code scripts/testbed} fills, Tigase from
 * {@code TIGASE_HOME}, each started in a folder of its own on free ports of the loopback interface, and stopped by its own pid.
 */
@NullMarked
package org.devstate.testbed;

import org.jspecify.annotations.NullMarked;
