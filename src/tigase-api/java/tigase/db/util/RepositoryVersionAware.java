// SPDX-License-Identifier: Apache-2.0
package tigase.db.util;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

public interface RepositoryVersionAware {

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE})
    @interface SchemaVersion {

        String version() default "0.0.0-b0";
    }
}
