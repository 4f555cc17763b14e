package org.undersigned.server.publish.data;

import static org.undersigned.server.publish.data.ColumnType.DAY;
import static org.undersigned.server.publish.data.ColumnType.DEGREES;
import static org.undersigned.server.publish.data.ColumnType.NUMBER;
import static org.undersigned.server.publish.data.ColumnType.TEXT;
import static org.undersigned.server.publish.data.ColumnType.WORD;

import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Bounds;
import org.undersigned.server.content.coverage.Claim;
import org.undersigned.server.content.coverage.LiteralReading;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.content.document.LocalizedText;

/// Held actions and the numbers of participants, in the columns of the Crowd Counting Consortium's compiled data
/// (nonviolent-action-lab/crowd-counting-consortium: `ccc_data_dictionary.md` for their meaning,
/// `data_compilation/ccc_compiler_2024.R` for their order and arithmetic). The Consortium's data has a row for each
/// event, with the lowest and the highest report. This table has a row for each report, because reports are not
/// merged (docs/CLAIMS.md). Columns that only the Consortium's coders can fill are empty.
final class CccTable {
    /// @param figure reported number of participants; null if no report gives one
    private record Row(Action action, Campaign.Campus campus, Campaign.@Nullable Figure figure) {
        /// True if the figure counts the opponents of the action: they are a separate event.
        boolean isOpposing() {
            return figure != null && figure.extent() == Campaign.Extent.OPPOSING;
        }

        Bounds size(CampaignData data) {
            return figure == null
                    ? Bounds.NONE
                    : claim(data, figure)
                            .bounds(RuleSet.CROWD_COUNTING_CONSORTIUM)
                            .bounds();
        }
    }

    static final Table<Row> CROWD = columns().of("ccc", CccTable::rows);

    private CccTable() {}

    private static Columns<Row> columns() {
        var columns = new Columns<Row>()
                .put("date", DAY, row -> row.action().date())
                .meaning("ccc.date")
                .put("locality", TEXT, row -> row.campus().city().orElse(null))
                .meaning("ccc.locality")
                .put("state", WORD, row -> row.campus().state())
                .meaning("ccc.state")
                .put("location_detail", TEXT, CccTable::location)
                .meaning("ccc.location_detail");
        empty(NUMBER, columns, "online")
                .put(
                        "type",
                        WORD,
                        row -> row.isOpposing()
                                ? "counter-protest"
                                : row.action().kindWord())
                .meaning("ccc.type")
                .put(
                        "title",
                        TEXT,
                        row -> row.isOpposing() ? null : english(row.action().title()))
                .meaning("ccc.title")
                .put("macroevent", WORD, CccTable::macroevent)
                .meaning("ccc.macroevent")
                .put("actors", TEXT, CccTable::conveners)
                .meaning("ccc.actors")
                .put("organizations", TEXT, CccTable::conveners)
                .meaning("ccc.actors");
        empty(columns, "participants", "claims");
        empty(NUMBER, columns, "valence");
        empty(columns, "issues", "issues_major")
                .put("size_text", TEXT, CccTable::sizeText)
                .meaning("ccc.size_text")
                .put("size_low", NUMBER, (data, row) -> row.size(data).low())
                .meaning("ccc.size_low")
                .put("size_high", NUMBER, (data, row) -> row.size(data).high())
                .meaning("ccc.size_high")
                .put("size_mean", NUMBER, (data, row) -> mean(row.size(data)))
                .meaning("ccc.size_mean")
                .put("size_cat", NUMBER, (data, row) -> category(mean(row.size(data))))
                .meaning("ccc.size_cat");
        empty(columns, "arrests");
        empty(NUMBER, columns, "arrests_any");
        empty(columns, "injuries_crowd");
        empty(NUMBER, columns, "injuries_crowd_any");
        empty(columns, "injuries_police");
        empty(NUMBER, columns, "injuries_police_any");
        empty(columns, "property_damage");
        empty(NUMBER, columns, "property_damage_any", "chemical_agents");
        empty(columns, "participant_measures", "police_measures");
        empty(NUMBER, columns, "participant_deaths", "police_deaths")
                .put("source_1", TEXT, (data, row) -> source(data, row, 0))
                .meaning("ccc.source")
                .put("source_2", TEXT, (data, row) -> source(data, row, 1))
                .meaning("ccc.source")
                .put("notes", TEXT, CccTable::notes)
                .meaning("ccc.notes")
                .put("lat", DEGREES, row -> row.campus().latitude())
                .meaning("ccc.lat")
                .put("lon", DEGREES, row -> row.campus().longitude())
                .meaning("ccc.lat");
        return empty(columns, "resolved_locality", "resolved_county", "resolved_state", "fips_code");
    }

    private static Columns<Row> empty(Columns<Row> columns, String... names) {
        return empty(TEXT, columns, names);
    }

    private static Columns<Row> empty(ColumnType type, Columns<Row> columns, String... names) {
        for (var name : names) columns.put(name, type, _ -> null).meaning("ccc.empty");
        return columns;
    }

    private static Stream<Row> rows(CampaignData data) {
        return data.campaign().actions().stream()
                .filter(action -> action.state() == Action.State.HELD)
                .flatMap(action -> rows(data.campaign(), action));
    }

    /// Returns a row for each report of the number of participants, for each report of the number of opponents, and
    /// for each campus that no report covers. A figure for a part of the action, or for more than the action, is
    /// not its size.
    private static Stream<Row> rows(Campaign campaign, Action action) {
        var figures = attended(campaign, action)
                .filter(one -> one.extent() == Campaign.Extent.WHOLE || one.extent() == Campaign.Extent.OPPOSING)
                .toList();
        var unsaid = action.campuses().stream()
                .filter(id -> figures.stream()
                        .filter(one -> one.extent() == Campaign.Extent.WHOLE)
                        .noneMatch(one -> covers(one, action, id)))
                .map(id -> new Row(action, campaign.campus(id).orElseThrow(), null));
        return Stream.concat(figures.stream().map(one -> new Row(action, campus(campaign, action, one), one)), unsaid);
    }

    private static Stream<Campaign.Figure> attended(Campaign campaign, Action action) {
        return campaign.figures().stream()
                .distinct()
                .filter(one -> one.measure().equals("attended") && one.about().contains(action.slug()));
    }

    /// An id that links an action to the event of its opponents, as in the Consortium's data; null if no opponents
    /// are reported.
    private static @Nullable String macroevent(CampaignData data, Row row) {
        var action = row.action();
        return attended(data.campaign(), action).anyMatch(one -> one.extent() == Campaign.Extent.OPPOSING)
                ? action.date().format(DateTimeFormatter.BASIC_ISO_DATE) + "-" + action.slug()
                : null;
    }

    /// A figure that names none of the action's campuses covers all of them.
    private static boolean covers(Campaign.Figure figure, Action action, String campus) {
        return figure.about().contains(campus) || action.campuses().stream().noneMatch(figure.about()::contains);
    }

    private static Campaign.Campus campus(Campaign campaign, Action action, Campaign.Figure figure) {
        var id = action.campuses().stream()
                .filter(figure.about()::contains)
                .findFirst()
                .orElse(action.campuses().getFirst());
        return campaign.campus(id).orElseThrow();
    }

    private static String location(Row row) {
        var stops = row.action().stops().stream().map(LocalizedText::en).collect(Collectors.joining("; "));
        // For a joint action, no source states the campus of each stop.
        return stops.isEmpty() || row.action().campuses().size() > 1
                ? row.campus().name()
                : row.campus().name() + ": " + stops;
    }

    /// Names of the conveners; null for the opponents, because their organizers are unknown here.
    private static @Nullable String conveners(CampaignData data, Row row) {
        if (row.isOpposing()) return null;
        var names = data.campaign().conveners().stream()
                .map(Campaign.Convener::name)
                .collect(Collectors.joining("; "));
        return names.isEmpty() ? null : names;
    }

    private static Claim claim(CampaignData data, Campaign.Figure figure) {
        return Claim.of(figure, data.campaign());
    }

    private static @Nullable String sizeText(CampaignData data, Row row) {
        var figure = row.figure();
        return figure == null || claim(data, figure).reading() instanceof LiteralReading.Exactly
                ? null
                : figure.words();
    }

    /// Calculates as the Consortium's compiler does: returns the low number if there is no high number.
    private static @Nullable Long mean(Bounds size) {
        if (size.low() == null) return null;
        return size.high() == null ? size.low() : (Long) (long) Math.rint((size.low() + size.high()) / 2.0);
    }

    private static long category(@Nullable Long mean) {
        if (mean == null) return 0;
        if (mean < 100) return 1;
        if (mean < 1_000) return 2;
        return mean < 10_000 ? 3 : 4;
    }

    /// Returns the source of the size first, then the source of the action if it is another one.
    private static @Nullable String source(CampaignData data, Row row, int number) {
        return Stream.concat(
                        Stream.ofNullable(row.figure()).map(Campaign.Figure::source),
                        Stream.ofNullable(row.action().source()))
                .distinct()
                .flatMap(id -> data.campaign().sources().stream()
                        .filter(one -> one.id().equals(id)))
                .skip(number)
                .findFirst()
                .map(one -> one.outlet() + ", " + (one.by() == null ? "" : one.by() + ", ") + one.date())
                .orElse(null);
    }

    private static @Nullable String notes(CampaignData data, Row row) {
        var figure = row.figure();
        if (figure == null) return null;
        var cites = claim(data, figure).cites();
        return figure.subject().en() + ". Printed: \"" + figure.words() + "\"."
                + (cites == null ? "" : " Citing " + cites + ".");
    }

    private static @Nullable String english(@Nullable LocalizedText text) {
        return text == null ? null : text.en();
    }
}
