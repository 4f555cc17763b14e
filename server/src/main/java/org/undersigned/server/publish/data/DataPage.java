package org.undersigned.server.publish.data;

import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignStore;
import org.undersigned.server.site.PageContext;
import org.undersigned.server.site.Snapshot;

/// The page that lists the tables and explains their columns to people.
public final class DataPage {
    private static final int RULES = 7;

    private final CampaignData data;

    DataPage(Snapshot shown, CampaignStore.StoredCampaign stored, String base) {
        data = new CampaignData(shown, stored, base);
    }

    /// A table as the page shows it.
    ///
    /// @param name as in its address
    public record Entry(String name, String title, String about, long rows, List<Line> columns) {}

    /// A column as the page shows it.
    ///
    /// @param name with its language suffix, if it has one
    public record Line(String name, String type, String meaning) {}

    public Campaign campaign() {
        return data.campaign();
    }

    public Snapshot shown() {
        return data.shown();
    }

    /// Version of the tables' format.
    public String version() {
        return TableCatalog.VERSION;
    }

    public String asOf(PageContext page) {
        return page.date(data.asOf(), ZoneOffset.UTC);
    }

    public List<Entry> tables(PageContext page) {
        return TableCatalog.ALL.stream().map(table -> entry(table, page)).toList();
    }

    private Entry entry(Table<?> table, PageContext page) {
        return new Entry(
                table.name(),
                page.t("data.table." + table.name()),
                page.t("data.about." + table.name()),
                table.size(data),
                table.columns().stream()
                        .map(column -> new Line(
                                column.name(),
                                page.t("data.type." + column.type().word()),
                                meaning(column, page)))
                        .toList());
    }

    static String meaning(Column<?> column, PageContext page) {
        var meaning = page.t("data.column." + column.meaning());
        return column.language().isEmpty() ? meaning : meaning + " " + page.t("data.in." + column.language());
    }

    /// The rules for reading the tables, one or two sentences each.
    public static List<String> rules(PageContext page) {
        return IntStream.rangeClosed(1, RULES)
                .mapToObj(n -> page.t("data.rule." + n))
                .toList();
    }

    public String citation(PageContext page) {
        return citation(data, page);
    }

    static String citation(CampaignData data, PageContext page) {
        return page.t(
                "data.citation",
                page.in(data.campaign().name()),
                TableCatalog.VERSION,
                page.date(data.asOf(), ZoneOffset.UTC),
                data.base() + "/k/" + data.campaign().slug() + "/data");
    }
}
