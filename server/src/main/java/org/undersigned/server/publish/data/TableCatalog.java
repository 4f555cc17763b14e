package org.undersigned.server.publish.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All tables, in the order in which the page lists them.
final class TableCatalog {
    /// Version of the names of tables and columns. A version may add names; every other change needs a new version.
    static final String VERSION = "1";

    static final List<Table<?>> ALL = Stream.<List<? extends Table<?>>>of(
                    CountTables.ALL, ReportTables.ALL, CampusTables.ALL, ActionTables.ALL, List.of(CccTable.CROWD))
            .<Table<?>>flatMap(List::stream)
            .toList();

    private TableCatalog() {}

    static Optional<Table<?>> find(String name) {
        return ALL.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
