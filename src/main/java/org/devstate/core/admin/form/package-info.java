/** What an administrator fills in and is shown, whatever carries it: forms, results, tables and notes. */
@NullMarked
package org.devstate.core.admin.form;

import org.jspecify.annotations.NullMarked;
