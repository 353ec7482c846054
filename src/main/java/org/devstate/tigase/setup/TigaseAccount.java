// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tigase.auth.CredentialsDecoderBean;
import tigase.auth.CredentialsEncoderBean;
import tigase.component.DSLBeanConfigurator;
import tigase.component.exceptions.RepositoryException;
import tigase.db.AuthRepository;
import tigase.db.DataSource;
import tigase.db.DataSourceAware;
import tigase.db.DataSourceHelper;
import tigase.db.TigaseDBException;
import tigase.db.UserNotFoundException;
import tigase.kernel.DefaultTypesConverter;
import tigase.kernel.core.Kernel;
import tigase.xmpp.jid.BareJID;
import tigase.xmpp.jid.JID;

/**
 * Looks up an account in Tigase's database, or makes it, while Tigase is stopped: {@code CONFIG ACCOUNT}, with the password on the
 * standard input, or nothing to look it up. Prints {@code exists}, {@code missing} or {@code made}. The exit status is 1 if it cannot
 * be done; one line of the standard error has the reason.
 */
public final class TigaseAccount {

    static final String URI = "dataSource/default/uri";
    private static final String DERBY = "jdbc:derby:";

    /** Of Derby, which has no such database or no tables in it; of PostgreSQL; and of MySQL, whose state has other reasons, too. */
    private static final Set<String> NO_TABLES = Set.of("XJ004", "42Y03", "42883");

    private static final int NO_TABLES_IN_MYSQL = 1305;

    private TigaseAccount() {}

    public static void main(String[] args) throws IOException {
        String password = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = 0;
        try {
            String uri = uri(ConfigValues.of(new ConfigText(Files.readString(Path.of(args[0])))));
            System.out.println(run(uri, JID.jidInstanceNS(args[1]).getBareJID(), password));
            shutDown(uri);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            status = 1;
        }
        System.exit(status); // Tigase's threads would go on
    }

    private static String uri(Map<String, Object> values) {
        boolean isElsewhere = values.keySet().stream()
                .anyMatch(key -> key.startsWith("authRepository/") || key.startsWith("userRepository/"));
        if (isElsewhere || !(values.get(URI) instanceof String uri)) {
            throw new IllegalStateException("its accounts are not in the database of '" + URI
                    + "', so that this cannot look them up; make the account by hand");
        }
        return uri;
    }

    private static String run(String uri, BareJID account, String password) {
        boolean isLookup = password.isEmpty();
        try {
            AuthRepository accounts = open(isLookup ? uri.replace(";create=true", "") : uri);
            if (exists(accounts, account)) {
                return "exists";
            }
            if (isLookup) {
                return "missing";
            }
            accounts.addUser(account, password);
            return "made";
        } catch (RepositoryException | ReflectiveOperationException e) {
            if (isLookup && hasNoTables(e)) {
                return "missing";
            }
            throw new IllegalStateException("its database cannot be used: " + reason(e), e);
        }
    }

    private static boolean exists(AuthRepository accounts, BareJID account) throws TigaseDBException {
        try {
            var unused = accounts.getAccountStatus(account);
            return true;
        } catch (UserNotFoundException e) {
            return false;
        }
    }

    /** As Tigase's schema tool does for its own administrators. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AuthRepository open(String uri) throws RepositoryException, ReflectiveOperationException {
        DataSource database = (DataSource) DataSourceHelper.getDefaultClass((Class) DataSource.class, uri)
                .getDeclaredConstructor()
                .newInstance();
        database.initialize(uri);
        AuthRepository accounts = (AuthRepository) DataSourceHelper.getDefaultClass((Class) AuthRepository.class, uri)
                .getDeclaredConstructor()
                .newInstance();
        Kernel kernel = new Kernel("accounts");
        kernel.registerBean(DefaultTypesConverter.class).exportable().exec();
        kernel.registerBean(DSLBeanConfigurator.class).exportable().exec();
        kernel.getInstance(DSLBeanConfigurator.class).setProperties(new HashMap<>());
        kernel.registerBean(CredentialsEncoderBean.class).exec();
        kernel.registerBean(CredentialsDecoderBean.class).exec();
        accounts.setCredentialsCodecs(
                kernel.getInstance(CredentialsEncoderBean.class), kernel.getInstance(CredentialsDecoderBean.class));
        ((DataSourceAware) accounts).setDataSource(database);
        return accounts;
    }

    private static boolean hasNoTables(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql
                    && (NO_TABLES.contains(String.valueOf(sql.getSQLState()))
                            || sql.getErrorCode() == NO_TABLES_IN_MYSQL)) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    }

    /** So that all is on the disk, and the next start needs no recovery. */
    private static void shutDown(String uri) {
        if (uri.startsWith(DERBY)) {
            try {
                DriverManager.getConnection(DERBY + ";shutdown=true").close();
            } catch (SQLException e) {
                // Derby reports every shutdown in this way.
            }
        }
    }
}
