package org.undersigned.server.publish.data;

import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.site.Page;
import org.undersigned.server.site.Snapshot;

/// The page that lists the tables, with their dictionary for people.
public final class DataPage {
    private static final int RULES = 7;

    private final Said said;

    DataPage(Snapshot shown, CampaignStore.Kept kept, String base) {
        said = new Said(shown, kept, base);
    }

    /// A table as the page shows it.
    ///
    /// @param name in its address
    public record Entry(String name, String title, String about, long rows, List<Line> columns) {}

    /// A column as the page shows it.
    ///
    /// @param name with what its language makes of it
    public record Line(String name, String type, String meaning) {}

    public Campaign campaign() {
        return said.campaign();
    }

    public Snapshot shown() {
        return said.shown();
    }

    /// Of the tables' form.
    public String version() {
        return Tables.VERSION;
    }

    public String asOf(Page page) {
        return page.date(said.asOf(), ZoneOffset.UTC);
    }

    public List<Entry> tables(Page page) {
        return Tables.ALL.stream().map(table -> entry(table, page)).toList();
    }

    private Entry entry(Table<?> table, Page page) {
        return new Entry(
                table.name(),
                page.t("data.table." + table.name()),
                page.t("data.about." + table.name()),
                table.size(said),
                table.columns().stream()
                        .map(column -> new Line(
                                column.name(),
                                page.t("data.type." + column.type().word()),
                                meaning(column, page)))
                        .toList());
    }

    static String meaning(Column<?> column, Page page) {
        var meaning = page.t("data.column." + column.meaning());
        return column.language().isEmpty() ? meaning : meaning + " " + page.t("data.in." + column.language());
    }

    /// How to read the tables, a sentence or two each.
    public static List<String> rules(Page page) {
        return IntStream.rangeClosed(1, RULES)
                .mapToObj(n -> page.t("data.rule." + n))
                .toList();
    }

    public String citation(Page page) {
        return citation(said, page);
    }

    static String citation(Said said, Page page) {
        return page.t(
                "data.citation",
                page.in(said.campaign().name()),
                Tables.VERSION,
                page.date(said.asOf(), ZoneOffset.UTC),
                said.base() + "/k/" + said.campaign().slug() + "/data");
    }
}
