package org.undersigned.server.count.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.undersigned.server.support.TestInstance;

final class RollStoreTest {
    @RegisterExtension
    static final TestInstance instance = TestInstance.ofDemonstration();

    @Test
    void whatWasSignedWithTheKeysOfAClosedBoxIsDeletedAndNothingElse() throws Exception {
        try (var connection = instance.database()) {
            Jdbi.create(connection).useTransaction(transaction -> {
                var store = new RollStore(transaction);
                for (var box : new String[] {"first", "middle", "last"}) {
                    for (var cls : new String[] {"member", "in-person"}) {
                        store.addIssuerKey(
                                new RollStore.NewIssuerKey((box + cls).getBytes(), box, cls, new byte[] {1}));
                    }
                }
                var first = number(store, "firstmember");
                var middle = number(store, "middlemember");
                var last = number(store, "lastmember");
                var all = new TreeMap<>(Map.of(first, -1L, middle, 2L, last, Long.MIN_VALUE));
                store.setIssued(tag(1), all);
                store.setIssued(tag(2), new TreeMap<>(Map.of(middle, 7L)));
                store.setIssued(tag(3), new TreeMap<>(Map.of(last, 8L, first, 9L)));
                assertThat(store.issued(tag(1))).isEqualTo(all);

                store.deleteIssued("middle");
                assertThat(store.issued(tag(1))).isEqualTo(Map.of(first, -1L, last, Long.MIN_VALUE));
                assertThat(store.issued(tag(2))).isEmpty();
                assertThat(store.issued(tag(3))).isEqualTo(Map.of(first, 9L, last, 8L));

                store.deleteIssued("first");
                store.deleteIssued("last");
                assertThat(store.issued(tag(1))).isEmpty();
                assertThat(store.issued(tag(3))).isEmpty();
                transaction.rollback();
            });
        }
    }

    @Test
    void aBoxThatClosesWaitsForTheDrawsThatRun() throws Exception {
        try (var drawing = instance.database();
                var closing = instance.database();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Jdbi.create(closing)
                    .useTransaction(transaction -> new RollStore(transaction)
                            .addIssuerKey(new RollStore.NewIssuerKey(
                                    "closed".getBytes(), "closed", "member", new byte[] {1})));
            var draw = Jdbi.create(drawing).open();
            draw.begin();
            var store = new RollStore(draw);
            store.lockDraw(tag(4));
            var marks = store.issued(tag(4));
            marks.put(number(store, "closed"), 5L);

            var closed = threads.submit(() -> Jdbi.create(closing)
                    .useTransaction(transaction -> new RollStore(transaction).deleteIssued("closed")));
            instance.await(
                    "the box waits",
                    () -> !instance.query("SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'ShareRowExclusiveLock'")
                            .isEmpty());
            store.setIssued(tag(4), marks);
            draw.commit();
            closed.get();

            assertThat(store.issued(tag(4))).isEmpty();
        }
    }

    private static int number(RollStore store, String keyId) {
        return store.issuerKey(keyId.getBytes()).orElseThrow().number();
    }

    private static byte[] tag(int first) {
        var tag = new byte[32];
        tag[0] = (byte) first;
        return tag;
    }
}
