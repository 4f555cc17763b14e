package org.undersigned.server.publish.data;

import static org.undersigned.server.publish.data.ColumnType.ADDRESS;
import static org.undersigned.server.publish.data.ColumnType.DAY;
import static org.undersigned.server.publish.data.ColumnType.DEGREES;
import static org.undersigned.server.publish.data.ColumnType.FLAG;
import static org.undersigned.server.publish.data.ColumnType.NUMBER;
import static org.undersigned.server.publish.data.ColumnType.TEXT;
import static org.undersigned.server.publish.data.ColumnType.WORD;
import static org.undersigned.server.publish.data.ColumnType.WORDS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.answer.SanctuaryLabel;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.document.LocalizedText;

/// Tables of the campuses and the answers of their administrations: each status with the earlier ones.
final class CampusTables {
    private static final Table<Campaign.Campus> CAMPUSES = new Columns<Campaign.Campus>()
            .put("id", WORD, Campaign.Campus::id)
            .key()
            .meaning("campus.id")
            .page(one -> "/c/" + one.id())
            .put("name", TEXT, Campaign.Campus::name)
            .put("place", TEXT, Campaign.Campus::place)
            .put("state", WORD, Campaign.Campus::state)
            .put("zone", WORD, Campaign.Campus::zone)
            .put("latitude", DEGREES, Campaign.Campus::latitude)
            .put("longitude", DEGREES, Campaign.Campus::longitude)
            .put("kind", WORD, Campaign.Campus::kind)
            .meaning("campus.kind")
            .put("system", TEXT, Campaign.Campus::system)
            .put("domains", WORDS, Campaign.Campus::domains)
            .localized(
                    "chapter",
                    one -> one.chapter() == null ? null : one.chapter().name())
            .put(
                    "chapter_since",
                    DAY,
                    one -> one.chapter() == null ? null : one.chapter().since())
            .localized(
                    "chapter_reach",
                    one -> one.chapter() == null ? null : one.chapter().reach())
            .of("campuses", data -> data.campaign().campuses().stream());

    private static final Table<Answer> ANSWERS = new Columns<Answer>()
            .put("campus", WORD, Answer::campus)
            .key()
            .references("campuses")
            .put("demand", NUMBER, Answer::demand)
            .key()
            .references("demands")
            .page(one -> "/c/" + one.campus() + "#demand-" + one.demand())
            .put("status", WORD, one -> one.now().statusWord())
            .put("since", DAY, one -> one.now().date())
            .put("review", DAY, Answer::review)
            .put("steps", NUMBER, one -> one.history().size())
            .of("answers", data -> data.campaign().answers().stream());

    private static final Table<Indexed<Answer, Answer.Step>> STEPS = new Columns<Indexed<Answer, Answer.Step>>()
            .put("campus", WORD, one -> one.of().campus())
            .key()
            .references("campuses")
            .put("demand", NUMBER, one -> one.of().demand())
            .key()
            .references("demands")
            .put("number", NUMBER, Indexed::number)
            .key()
            .meaning("step.number")
            .put("date", DAY, one -> one.what().date())
            .put("status", WORD, one -> one.what().statusWord())
            .localized("by", "step.by", one -> one.what().by())
            .localized("words", "step.words", one -> one.what().words())
            .localized("evidence", one -> of(one.what().evidence()))
            .put(
                    "evidence_link",
                    ADDRESS,
                    one -> one.what().evidence() == null
                            ? null
                            : one.what().evidence().link())
            .put(
                    "evidence_seen",
                    DAY,
                    one -> one.what().evidence() == null
                            ? null
                            : one.what().evidence().seen())
            .put(
                    "evidence_sha256",
                    WORD,
                    one -> one.what().evidence() == null
                            ? null
                            : one.what().evidence().sha256())
            .localized(
                    "legal",
                    one -> one.what().legal() == null
                            ? null
                            : one.what().legal().text())
            .put(
                    "legal_as_of",
                    DAY,
                    one -> one.what().legal() == null
                            ? null
                            : one.what().legal().asOf())
            .of(
                    "steps",
                    data -> data.campaign().answers().stream()
                            .flatMap(one -> Indexed.of(one, one.history().reversed())));

    private static @Nullable LocalizedText of(Answer.@Nullable Evidence evidence) {
        return evidence == null ? null : evidence.title();
    }

    private static final Table<Indexed<Campaign, SanctuaryLabel>> LABELS = new Columns<
                    Indexed<Campaign, SanctuaryLabel>>()
            .put("number", NUMBER, Indexed::number)
            .key()
            .put("campus", WORD, one -> one.what().campus())
            .references("campuses")
            .localized("name", "label.name", one -> one.what().name())
            .put("calls_itself_so", FLAG, one -> one.what().usesName())
            .put("date", DAY, one -> one.what().date())
            .localized("words", "label.words", one -> one.what().words())
            .put("story", WORD, one -> one.what().source())
            .references("stories")
            .of("labels", data -> Indexed.of(data.campaign(), data.campaign().labels()));

    private static final Table<Indexed<Campaign, Meeting>> MEETINGS = new Columns<Indexed<Campaign, Meeting>>()
            .put("number", NUMBER, Indexed::number)
            .key()
            .put("campus", WORD, one -> one.what().campus())
            .references("campuses")
            .put("date", DAY, one -> one.what().date())
            .put("held", FLAG, one -> one.what().held())
            .localized("with", one -> one.what().with())
            .localized("text", "meeting.text", one -> one.what().text())
            .put("story", WORD, one -> one.what().source())
            .references("stories")
            .of("meetings", data -> Indexed.of(data.campaign(), data.campaign().meetings()));

    static final List<Table<?>> ALL = List.of(CAMPUSES, ANSWERS, STEPS, LABELS, MEETINGS);

    private CampusTables() {}
}
