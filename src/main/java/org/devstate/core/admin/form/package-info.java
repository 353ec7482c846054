/**
 * Forms, results, tables and notes for administrators, independent of the protocol that carries them. The service writes them, and
 * {@code devstatectl} reads them.
 */
@NullMarked
package org.devstate.core.admin.form;

import org.jspecify.annotations.NullMarked;
