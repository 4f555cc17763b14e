package org.undersigned.server.publish.data;

import static org.undersigned.server.publish.data.Type.ADDRESS;
import static org.undersigned.server.publish.data.Type.DAY;
import static org.undersigned.server.publish.data.Type.DEGREES;
import static org.undersigned.server.publish.data.Type.FLAG;
import static org.undersigned.server.publish.data.Type.NUMBER;
import static org.undersigned.server.publish.data.Type.TEXT;
import static org.undersigned.server.publish.data.Type.WORD;
import static org.undersigned.server.publish.data.Type.WORDS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.answer.Answer;
import org.undersigned.server.content.answer.Label;
import org.undersigned.server.content.answer.Meeting;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.document.Text;

/// The campuses, and what their administrations answer: each status with what it was before.
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
            .both("chapter", one -> one.chapter() == null ? null : one.chapter().name())
            .put(
                    "chapter_since",
                    DAY,
                    one -> one.chapter() == null ? null : one.chapter().since())
            .both(
                    "chapter_reach",
                    one -> one.chapter() == null ? null : one.chapter().reach())
            .of("campuses", said -> said.campaign().campuses().stream());

    private static final Table<Answer> ANSWERS = new Columns<Answer>()
            .put("campus", WORD, Answer::campus)
            .key()
            .names("campuses")
            .put("demand", NUMBER, Answer::demand)
            .key()
            .names("demands")
            .page(one -> "/c/" + one.campus() + "#demand-" + one.demand())
            .put("status", WORD, one -> one.now().statusWord())
            .put("since", DAY, one -> one.now().date())
            .put("review", DAY, Answer::review)
            .put("steps", NUMBER, one -> one.history().size())
            .of("answers", said -> said.campaign().answers().stream());

    private static final Table<Nth<Answer, Answer.Step>> STEPS = new Columns<Nth<Answer, Answer.Step>>()
            .put("campus", WORD, one -> one.of().campus())
            .key()
            .names("campuses")
            .put("demand", NUMBER, one -> one.of().demand())
            .key()
            .names("demands")
            .put("number", NUMBER, Nth::number)
            .key()
            .meaning("step.number")
            .put("date", DAY, one -> one.what().date())
            .put("status", WORD, one -> one.what().statusWord())
            .both("by", "step.by", one -> one.what().by())
            .both("words", "step.words", one -> one.what().words())
            .both("evidence", one -> of(one.what().evidence()))
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
            .both(
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
                    said -> said.campaign().answers().stream()
                            .flatMap(one -> Nth.each(one, one.history().reversed())));

    private static @Nullable Text of(Answer.@Nullable Evidence evidence) {
        return evidence == null ? null : evidence.title();
    }

    private static final Table<Nth<Campaign, Label>> LABELS = new Columns<Nth<Campaign, Label>>()
            .put("number", NUMBER, Nth::number)
            .key()
            .put("campus", WORD, one -> one.what().campus())
            .names("campuses")
            .both("name", "label.name", one -> one.what().name())
            .put("calls_itself_so", FLAG, one -> one.what().calls())
            .put("date", DAY, one -> one.what().date())
            .both("words", "label.words", one -> one.what().words())
            .put("story", WORD, one -> one.what().source())
            .names("stories")
            .of("labels", said -> Nth.each(said.campaign(), said.campaign().labels()));

    private static final Table<Nth<Campaign, Meeting>> MEETINGS = new Columns<Nth<Campaign, Meeting>>()
            .put("number", NUMBER, Nth::number)
            .key()
            .put("campus", WORD, one -> one.what().campus())
            .names("campuses")
            .put("date", DAY, one -> one.what().date())
            .put("held", FLAG, one -> one.what().held())
            .both("with", one -> one.what().with())
            .both("text", "meeting.text", one -> one.what().text())
            .put("story", WORD, one -> one.what().source())
            .names("stories")
            .of("meetings", said -> Nth.each(said.campaign(), said.campaign().meetings()));

    static final List<Table<?>> ALL = List.of(CAMPUSES, ANSWERS, STEPS, LABELS, MEETINGS);

    private CampusTables() {}
}
