/** Who may use the HTTP side: users and tokens, their rights, limits of attempts, and the certificate. */
@NullMarked
package org.devstate.serve.security;

import org.jspecify.annotations.NullMarked;
