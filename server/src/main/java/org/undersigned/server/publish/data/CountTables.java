package org.undersigned.server.publish.data;

import static org.undersigned.server.publish.data.ColumnType.ADDRESS;
import static org.undersigned.server.publish.data.ColumnType.FLAG;
import static org.undersigned.server.publish.data.ColumnType.MOMENT;
import static org.undersigned.server.publish.data.ColumnType.NUMBER;
import static org.undersigned.server.publish.data.ColumnType.NUMBERS;
import static org.undersigned.server.publish.data.ColumnType.TEXT;
import static org.undersigned.server.publish.data.ColumnType.WORD;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.DisclosedClass;
import org.undersigned.server.site.drawing.StepChart;

/// Tables of the petitions and of the counts of this instance: by class of signers, never added together, and
/// without counts so small that they could identify a person ([BoxCounts]).
final class CountTables {
    private static final Table<Campaign.Demand> DEMANDS = new Columns<Campaign.Demand>()
            .put("id", NUMBER, Campaign.Demand::id)
            .key()
            .meaning("demand.id")
            .localized("text", "demand.text", Campaign.Demand::text)
            .put("everywhere", FLAG, Campaign.Demand::everywhere)
            .put("story", WORD, Campaign.Demand::source)
            .references("stories")
            .of("demands", data -> data.campaign().demands().stream());

    private static final Table<Indexed<Campaign.Demand, Campaign.Wording>> WORDINGS = new Columns<
                    Indexed<Campaign.Demand, Campaign.Wording>>()
            .put("demand", NUMBER, one -> one.of().id())
            .key()
            .references("demands")
            .put("number", NUMBER, Indexed::number)
            .key()
            .meaning("wording.number")
            .put("until", ColumnType.DAY, one -> one.what().until())
            .localized("text", "wording.text", one -> one.what().text())
            .of(
                    "wordings",
                    data -> data.campaign().demands().stream()
                            .flatMap(one -> Indexed.of(one, one.wordings().reversed())));

    private static final Table<Campaign.Petition> PETITIONS = new Columns<Campaign.Petition>()
            .put("id", WORD, Campaign.Petition::slug)
            .key()
            .meaning("slug")
            .page(Campaign.Petition::path)
            .put("campus", WORD, Campaign.Petition::campus)
            .references("campuses")
            .localized("title", Campaign.Petition::title)
            .localized("by", "petition.by", Campaign.Petition::by)
            .localized("text", "petition.text", Campaign.Petition::text)
            .localized("note", "petition.note", Campaign.Petition::note)
            .put("demands", NUMBERS, Campaign.Petition::demands)
            .put("story", WORD, Campaign.Petition::source)
            .references("stories")
            .of("petitions", data -> data.campaign().petitions().stream());

    /// A class of signers of one box.
    private record Signers(CampaignData.Box box, DisclosedClass shown, Boxes.ClassCount counted) {
        BoxCounts in() {
            return box.counted();
        }
    }

    private static Stream<Signers> classes(CampaignData data) {
        return data.boxes()
                .flatMap(box -> box.counted().classes().stream()
                        .flatMap(counted -> box.counted().disclosed().stream()
                                .filter(shown -> shown.name().equals(counted.name()))
                                .map(shown -> new Signers(box, shown, counted))));
    }

    private static final Table<Signers> COUNTS = new Columns<Signers>()
            .put("box", WORD, one -> one.in().box())
            .key()
            .put("class", WORD, one -> one.shown().name())
            .key()
            .page(one -> one.box().countable().path())
            .put("unit", WORD, one -> one.box().countable().unit())
            .localized("title", one -> one.box().countable().title())
            .put("count", NUMBER, one -> one.shown().count())
            .put("fewer_than", NUMBER, one -> one.shown().count() == null ? BoxCounts.SMALLEST_SHOWN : null)
            .put("entries", NUMBER, one -> one.in().disclosedSize())
            .put("published", MOMENT, one -> one.in().isShown() ? one.in().newest() : null)
            .put("closes", MOMENT, one -> one.in().closes())
            .put(
                    "record",
                    ADDRESS,
                    (data, one) -> data.base() + one.box().countable().path() + "/record")
            .of("counts", CountTables::classes);

    /// The signers of a class who declared the same affiliation.
    private record Part(Signers of, BoxCounts.Part part) {
        @Nullable
        String affiliation() {
            return part.affiliation() == 0 ? null : of.in().affiliations().get(part.affiliation() - 1);
        }
    }

    private static final Table<Part> AFFILIATIONS = new Columns<Part>()
            .put("box", WORD, one -> one.of().in().box())
            .key()
            .put("class", WORD, one -> one.of().shown().name())
            .key()
            .put("number", NUMBER, one -> one.part().affiliation())
            .key()
            .meaning("affiliation.number")
            .put("affiliation", TEXT, Part::affiliation)
            .put("count", NUMBER, one -> one.part().shown() ? one.part().count() : null)
            .meaning("affiliation.count")
            .of(
                    "affiliations",
                    data -> classes(data)
                            .flatMap(one ->
                                    one.in().parts(one.counted()).stream().map(part -> new Part(one, part))));

    private record Grown(Signers of, StepChart.Point point) {}

    private static final Table<Grown> GROWTH = new Columns<Grown>()
            .put("box", WORD, one -> one.of().in().box())
            .key()
            .put("class", WORD, one -> one.of().shown().name())
            .key()
            .put("at", MOMENT, one -> one.point().at())
            .key()
            .put("count", NUMBER, one -> one.point().number())
            .meaning("growth.count")
            .of(
                    "growth",
                    data -> classes(data)
                            .flatMap(one ->
                                    one.in().growth(one.shown().name()).stream().map(point -> new Grown(one, point))));

    static final List<Table<?>> ALL = List.of(COUNTS, GROWTH, AFFILIATIONS, PETITIONS, DEMANDS, WORDINGS);

    private CountTables() {}
}
