package org.undersigned.server.publish.data;

import static org.undersigned.server.publish.data.ColumnType.DAY;
import static org.undersigned.server.publish.data.ColumnType.DAY_OR_MONTH;
import static org.undersigned.server.publish.data.ColumnType.NUMBER;
import static org.undersigned.server.publish.data.ColumnType.TEXT;
import static org.undersigned.server.publish.data.ColumnType.WORD;
import static org.undersigned.server.publish.data.ColumnType.WORDS;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.coverage.Claim;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.content.coverage.SourcedBounds;
import org.undersigned.server.content.document.LocalizedText;

/// Tables of what others report: figures in the printed words, their bounds by each set of rules, and the stories
/// that print them.
final class ReportTables {
    /// A figure, read by one set of rules.
    private record Read(Campaign.Figure figure, Claim claim, RuleSet rules) {
        SourcedBounds judgement() {
            return claim.bounds(rules);
        }

        String basis() {
            return judgement().basis().name().toLowerCase(Locale.ROOT);
        }
    }

    private static Stream<Read> figures(CampaignData data, RuleSet rules) {
        return data.campaign().figures().stream()
                .distinct() // figures that repeat the same words are one figure
                .map(one -> new Read(one, Claim.of(one, data.campaign()), rules));
    }

    private static final Table<Read> FIGURES = new Columns<Read>()
            .put("id", WORD, one -> one.figure().id())
            .key()
            .meaning("figure.id")
            .put("about", WORDS, one -> one.figure().about())
            .meaning("figure.about")
            .localized("subject", "figure.subject", one -> one.figure().subject())
            .put("measure", WORD, one -> one.figure().measure())
            .put("extent", WORD, one -> one.figure().extent().word())
            .meaning("figure.extent")
            .put("words", TEXT, one -> one.figure().words())
            .meaning("figure.words")
            .put(
                    "language",
                    WORD,
                    (data, one) -> data.campaign().source(one.figure().source()).language())
            .meaning("figure.language")
            .put("translation", TEXT, one -> one.figure().translation())
            .put("rules", WORD, one -> one.rules().key())
            .put("low", NUMBER, one -> one.judgement().bounds().low())
            .put("high", NUMBER, one -> one.judgement().bounds().high())
            .put("basis", WORD, Read::basis)
            .put("as_of", DAY_OR_MONTH, one -> one.figure().asOfText())
            .put("story", WORD, one -> one.figure().source())
            .references("stories")
            .put("outlet", TEXT, one -> one.claim().reporter())
            .put("cites", TEXT, one -> one.claim().cites())
            .of("figures", data -> figures(data, RuleSet.AS_PRINTED));

    private static final Table<Read> BOUNDS = new Columns<Read>()
            .put("figure", WORD, one -> one.figure().id())
            .key()
            .references("figures")
            .put("rules", WORD, one -> one.rules().key())
            .key()
            .put("low", NUMBER, one -> one.judgement().bounds().low())
            .put("high", NUMBER, one -> one.judgement().bounds().high())
            .put("basis", WORD, Read::basis)
            .of("bounds", data -> Stream.of(RuleSet.values()).flatMap(rules -> figures(data, rules)));

    private static final Table<Campaign.Source> STORIES = new Columns<Campaign.Source>()
            .put("id", WORD, Campaign.Source::id)
            .key()
            .meaning("story.id")
            .put("outlet", TEXT, Campaign.Source::outlet)
            .put("language", WORD, Campaign.Source::language)
            .meaning("story.language")
            .put("by", TEXT, Campaign.Source::by)
            .meaning("story.by")
            .put("date", DAY, Campaign.Source::date)
            .meaning("story.date")
            .of("stories", data -> data.campaign().sources().stream());

    /// A note, a cross-post or a related item of a story.
    private record Note(String kind, Indexed<Campaign.Source, LocalizedText> text) {}

    private static Stream<Note> notes(Campaign.Source story) {
        return Stream.of(
                        Indexed.of(story, story.notes()).map(one -> new Note("note", one)),
                        Indexed.of(story, story.crossPosts()).map(one -> new Note("cross-post", one)),
                        Indexed.of(story, story.related()).map(one -> new Note("related", one)))
                .flatMap(one -> one);
    }

    private static final Table<Note> NOTES = new Columns<Note>()
            .put("story", WORD, one -> one.text().of().id())
            .key()
            .references("stories")
            .put("kind", WORD, Note::kind)
            .key()
            .meaning("note.kind")
            .put("number", NUMBER, one -> one.text().number())
            .key()
            .localized("text", "note.text", one -> one.text().what())
            .of("notes", data -> data.campaign().sources().stream().flatMap(ReportTables::notes));

    /// @param about what the statement is about
    /// @param name  of the convener that it is about; else the campaign's slug
    private record Statement(String about, String name, Indexed<?, Campaign.Statement> said) {}

    private static Stream<Statement> statements(Campaign campaign) {
        return Stream.of(
                        statements(campaign, "aim", campaign.aimFrom()),
                        statements(campaign, "call", campaign.callFrom()),
                        statements(campaign, "context", campaign.contextFrom()),
                        campaign.conveners().stream()
                                .flatMap(convener -> Indexed.of(convener, convener.descriptions())
                                        .map(one -> new Statement("convener", convener.name(), one))),
                        statements(campaign, "campaign", campaign.statements()))
                .flatMap(one -> one);
    }

    private static Stream<Statement> statements(Campaign campaign, String about, List<Campaign.Statement> list) {
        return Indexed.of(campaign, list).map(one -> new Statement(about, campaign.slug(), one));
    }

    private static final Table<Statement> STATEMENTS = new Columns<Statement>()
            .put("about", WORD, Statement::about)
            .key()
            .meaning("statement.about")
            .put("name", TEXT, Statement::name)
            .key()
            .meaning("statement.name")
            .put("number", NUMBER, one -> one.said().number())
            .key()
            .put("story", WORD, one -> one.said().what().source())
            .references("stories")
            .localized("text", "statement.text", one -> one.said().what().text())
            .of("statements", data -> statements(data.campaign()));

    private static final Table<Indexed<Campaign, Campaign.Update>> UPDATES = new Columns<
                    Indexed<Campaign, Campaign.Update>>()
            .put("number", NUMBER, Indexed::number)
            .key()
            .put("date", DAY, one -> one.what().date())
            .localized("text", "update.text", one -> one.what().text())
            .put("story", WORD, one -> one.what().source())
            .references("stories")
            .of("updates", data -> Indexed.of(data.campaign(), data.campaign().updates()));

    static final List<Table<?>> ALL = List.of(FIGURES, BOUNDS, STORIES, NOTES, STATEMENTS, UPDATES);

    private ReportTables() {}
}
