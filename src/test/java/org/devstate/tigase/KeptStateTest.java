package org.devstate.tigase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.access.AccountGlobs;
import org.devstate.core.access.Policy;
import org.devstate.core.liveness.LeaseTerms;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.Tenancy;
import org.devstate.core.spi.Clock;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.WriteBehind;
import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.sql.StoreContract;
import org.junit.jupiter.api.Test;

final class KeptStateTest {

    private static final String SERVICE = "pubsub.example.net";
    private static final Jid ALICE = Jid.of("pbx1@example.net/x");

    private final DeviceStateService service = new DeviceStateService(
            Jid.of(SERVICE),
            Tenancy.SHARED,
            Policy.ofOneSite(AccountGlobs.of(List.of("pbx*@example.net")), LeaseTerms.DEFAULT),
            Clock.of(() -> 0, () -> 0),
            (task, delayMs) -> {},
            (to, stanza) -> {});

    @Test
    void whatWasKeptIsGivenToTheService() {
        Contents contents =
                new Contents(List.of(), List.of(StoreContract.mailbox("1@default", StoreContract.EID_A, 1)), null);

        assertThat(keeping(() -> contents).restoreTo(service)).isTrue();
        assertThat(service.entries()).isEqualTo(1);
        assertThat(service.admits(ALICE)).isTrue();
    }

    @Test
    void nobodyIsLetInWhereWhatWasKeptCannotBeRead() {
        KeptState kept = keeping(() -> {
            throw new StoreException("the disk is broken", null);
        });

        assertThat(kept.restoreTo(service)).as("to be tried again").isFalse();
        assertThat(service.admits(ALICE)).isFalse();
    }

    @Test
    void nobodyIsLetInWhereThePolicyThatWasKeptIsWrong() {
        Contents contents = new Contents(List.of(), List.of(), "site berlin\n  colour blue");

        assertThat(keeping(() -> contents).restoreTo(service)).isTrue();
        assertThat(service.admits(ALICE)).isFalse();
    }

    @Test
    void withoutTablesAllGoesOn() {
        Store store = new SqlStore(new SqlSession(new JdbcDatabase("jdbc:derby:memory:none;create=true", "")), SERVICE);

        assertThat(keeping(store::load).restoreTo(service)).isTrue();
        assertThat(service.admits(ALICE)).isTrue();
    }

    private interface Loader {
        Contents load() throws StoreException;
    }

    private static KeptState keeping(Loader loader) {
        Store store = new Store() {
            @Override
            public Contents load() throws StoreException {
                return loader.load();
            }

            @Override
            public void write(List<Change> changes) {}
        };
        return new KeptState(SERVICE, store, new WriteBehind(store, (task, delayMs) -> {}, 1_000));
    }
}
