/** The measurements at a server: a class for each question. */
@NullMarked
package org.devstate.bench.measure;

import org.jspecify.annotations.NullMarked;
