package org.undersigned.server.publish.data;

import static org.undersigned.server.publish.data.ColumnType.DAY;
import static org.undersigned.server.publish.data.ColumnType.FLAG;
import static org.undersigned.server.publish.data.ColumnType.MOMENT;
import static org.undersigned.server.publish.data.ColumnType.NUMBER;
import static org.undersigned.server.publish.data.ColumnType.TEXT;
import static org.undersigned.server.publish.data.ColumnType.TIME;
import static org.undersigned.server.publish.data.ColumnType.WORD;
import static org.undersigned.server.publish.data.ColumnType.WORDS;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.undersigned.server.content.action.Action;
import org.undersigned.server.content.document.LocalizedText;
import org.undersigned.server.content.letter.LetterDrive;

/// Tables of actions with their routes and changes, and of letter drives.
final class ActionTables {
    private static final Table<Action> ACTIONS = new Columns<Action>()
            .put("id", WORD, Action::slug)
            .key()
            .meaning("slug")
            .page(Action::path)
            .put("kind", WORD, Action::kindWord)
            .meaning("action.kind")
            .put("state", WORD, Action::stateWord)
            .meaning("action.state")
            .localized("title", "action.title", Action::title)
            .put("campuses", WORDS, Action::campuses)
            .put("date", DAY, Action::date)
            .meaning("action.date")
            .put("time", TIME, Action::time)
            .put(
                    "zone",
                    WORD,
                    (data, one) -> data.campaign()
                            .campus(one.campuses().getFirst())
                            .orElseThrow()
                            .zone())
            .put("starts", MOMENT, ActionTables::starts)
            .put("minutes", NUMBER, Action::minutes)
            .localized("about", "action.about", Action::about)
            .localized("accessibility", Action::accessibility)
            .localized("bring", Action::bring)
            .localized("rights", Action::rights)
            .localized("counter_protest", Action::counterProtest)
            .put("pledge", FLAG, Action::pledge)
            .put("story", WORD, Action::source)
            .references("stories")
            .of("actions", data -> data.campaign().actions().stream());

    private static @Nullable Instant starts(CampaignData data, Action action) {
        if (action.time() == null) return null;
        var first = data.campaign().campus(action.campuses().getFirst()).orElseThrow();
        return action.date().atTime(action.time()).atZone(first.zone()).toInstant();
    }

    private static final Table<Indexed<Action, LocalizedText>> STOPS = new Columns<Indexed<Action, LocalizedText>>()
            .put("action", WORD, one -> one.of().slug())
            .key()
            .references("actions")
            .put("number", NUMBER, Indexed::number)
            .key()
            .meaning("stop.number")
            .localized("place", "stop.place", Indexed::what)
            .of("stops", data -> data.campaign().actions().stream().flatMap(one -> Indexed.of(one, one.stops())));

    private static final Table<Indexed<Action, Action.Change>> CHANGES = new Columns<Indexed<Action, Action.Change>>()
            .put("action", WORD, one -> one.of().slug())
            .key()
            .references("actions")
            .put("number", NUMBER, Indexed::number)
            .key()
            .meaning("change.number")
            .put("date", DAY, one -> one.what().date())
            .localized("text", "change.text", one -> one.what().text())
            .put(
                    "was_date",
                    DAY,
                    one -> one.what().previousStart() == null
                            ? null
                            : one.what().previousStart().date())
            .put(
                    "was_time",
                    TIME,
                    one -> one.what().previousStart() == null
                            ? null
                            : one.what().previousStart().time())
            .of(
                    "changes",
                    data -> data.campaign().actions().stream()
                            .flatMap(one -> Indexed.of(one, one.changes().reversed())));

    private static final Table<LetterDrive> LETTERS = new Columns<LetterDrive>()
            .put("id", WORD, LetterDrive::slug)
            .key()
            .meaning("slug")
            .page(LetterDrive::path)
            .localized("title", LetterDrive::title)
            .localized("by", "letter.by", LetterDrive::by)
            .put("deadline", MOMENT, LetterDrive::deadline)
            .localized("why", LetterDrive::why)
            .localized("subject", "letter.subject", LetterDrive::subject)
            .localized("template", LetterDrive::template)
            .put("recipients", NUMBER, one -> one.recipients().size())
            .put("counted", FLAG, LetterDrive::countsSenders)
            .put("story", WORD, LetterDrive::source)
            .references("stories")
            .of("letters", data -> data.campaign().letters().stream());

    private static final Table<Indexed<LetterDrive, LetterDrive.Recipient>> RECIPIENTS = new Columns<
                    Indexed<LetterDrive, LetterDrive.Recipient>>()
            .put("letter", WORD, one -> one.of().slug())
            .key()
            .references("letters")
            .put("number", NUMBER, Indexed::number)
            .key()
            .meaning("recipient.number")
            .put("name", TEXT, one -> one.what().name())
            .meaning("recipient.name")
            .localized("office", one -> one.what().office())
            .localized("group", one -> one.what().group())
            .of(
                    "recipients",
                    data -> data.campaign().letters().stream().flatMap(one -> Indexed.of(one, one.recipients())));

    static final List<Table<?>> ALL = List.of(ACTIONS, STOPS, CHANGES, LETTERS, RECIPIENTS);

    private ActionTables() {}
}
