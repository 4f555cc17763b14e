package org.undersigned.server.content.coverage;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The words [CrowdPhrases] knows, in English and Spanish: lower case, accents removed, single spaces.
final class Vocabulary {
    /// The length of the longest phrase below, in words.
    static final int LONGEST = 4;

    /// How a phrase before a number changes the meaning of the number.
    enum Modifier {
        MORE_THAN,
        AT_LEAST,
        FEWER_THAN,
        AT_MOST,
        ABOUT,
        BETWEEN,
        /// Gives the number a meaning that [CrowdPhrases] cannot determine.
        UNSETTLING
    }

    static final Map<String, Modifier> MODIFIERS = new HashMap<>();
    /// Phrases after a number: "200 or more".
    static final Map<String, Modifier> SUFFIX_MODIFIERS = new HashMap<>();

    static final Map<String, VagueWord> VAGUE = new HashMap<>();
    /// Words for a group of people without a number; used only if no other word gives a number.
    static final Map<String, VagueWord> GROUPS = new HashMap<>();
    /// Whole numbers below a thousand that are one word.
    static final Map<String, Integer> SMALL = new HashMap<>();
    /// Words that multiply the number before them.
    static final Map<String, Long> SCALES = Map.ofEntries(
            entry("hundred", 100L),
            entry("thousand", 1_000L),
            entry("million", 1_000_000L),
            entry("billion", 1_000_000_000L),
            entry("dozen", 12L),
            entry("score", 20L),
            entry("k", 1_000L),
            entry("mil", 1_000L),
            entry("millon", 1_000_000L),
            entry("millones", 1_000_000L),
            entry("decena", 10L),
            entry("decenas", 10L),
            entry("docena", 12L),
            entry("docenas", 12L),
            entry("veintena", 20L),
            entry("treintena", 30L),
            entry("cincuentena", 50L),
            entry("centenar", 100L),
            entry("centenares", 100L),
            entry("millar", 1_000L),
            entry("millares", 1_000L));
    /// Words that mean 1 if they are before a scale: "a hundred", "un centenar".
    static final Set<String> ONE = Set.of("a", "an", "one", "un", "una", "uno");

    static final Map<String, Long> HALVES = Map.of(
            "half a dozen", 6L,
            "half dozen", 6L,
            "media docena", 6L,
            "medio centenar", 50L,
            "half a million", 500_000L,
            "medio millar", 500L,
            "medio millon", 500_000L);
    static final Set<String> ARTICLES = Set.of("the", "los", "las", "el", "la");

    static {
        modifiers(
                Modifier.MORE_THAN,
                "more than, over, well over, just over, above, in excess of, exceed, exceeds, exceeded, exceeding,"
                        + "surpass, surpasses, surpassed, surpassing, topped, tops, topping, passed, >, + de,"
                        + "mas de, mas que, por encima de, supera, superan, supero, superaron, supera a, superado,"
                        + "sobrepaso, sobrepasan, sobrepasaron, rebaso, rebasan, rebasaron, excedio, excedieron");
        modifiers(
                Modifier.AT_LEAST,
                "at least, no fewer than, no less than, not fewer than, not less than, a minimum of, minimum of,"
                        + "upward of, upwards of, >=, ≥, +, al menos, por lo menos, como minimo, un minimo de,"
                        + "no menos de");
        modifiers(
                Modifier.FEWER_THAN,
                "fewer than, less than, under, just under, well under, below, nearly, almost, not quite, <,"
                        + "casi, menos de, por debajo de, apenas menos de");
        modifiers(
                Modifier.AT_MOST,
                "at most, up to, as many as, no more than, not more than, a maximum of, maximum of, <=, ≤,"
                        + "hasta, como maximo, un maximo de, a lo sumo, no mas de");
        modifiers(
                Modifier.ABOUT,
                "about, around, roughly, approximately, approx, circa, some, an estimated, estimated, close to,"
                        + "near, perhaps, maybe, possibly, ~, ≈, unos, unas, cerca de, alrededor de, en torno a,"
                        + "aproximadamente, aprox, se estima que, se estima en, se calcula que, se calculan,"
                        + "estimados, estimadas, tal vez, quizas, quiza, a unos, a unas");
        modifiers(Modifier.BETWEEN, "between, entre");
        modifiers(
                Modifier.UNSETTLING,
                "not, no, never, nunca, sin, without, half, quarter, quarters, third, thirds, tercio, cuarto, medio,"
                        + "media, y medio, once, twice, double, doubled, triple, tripled, doble, duplico, grew, rose,"
                        + "fell, dropped, swelled, crecio, aumento, subio, percent, per cent, por ciento, per, %, $,"
                        + "€, £, miles, mile, hours, hour, horas, years, anos, minutes, minutos, blocks, cuadras,"
                        + "dollars, dolares, pm, am, p m, a m, m, st, nd, rd, th, out of");
        put(SUFFIX_MODIFIERS, Modifier.AT_LEAST, "or more, and up, o mas, and counting, +, plus");
        put(SUFFIX_MODIFIERS, Modifier.AT_MOST, "or fewer, or less, o menos");
        put(SUFFIX_MODIFIERS, Modifier.ABOUT, "or so, mas o menos, more or less, give or take, aproximadamente");
        put(VAGUE, VagueWord.HANDFUL, "a handful, handful, un punado, punado");
        put(VAGUE, VagueWord.SEVERAL, "several, a few, varios, varias, algunos, algunas, unos cuantos, unas cuantas");
        put(VAGUE, VagueWord.A_DOZEN, "a dozen, one dozen, una docena");
        put(VAGUE, VagueWord.TENS, "tens, decenas");
        put(VAGUE, VagueWord.DOZENS, "dozens, docenas");
        put(VAGUE, VagueWord.SCORES, "scores");
        put(VAGUE, VagueWord.HUNDREDS, "hundreds, cientos, centenares, centenas");
        put(VAGUE, VagueWord.THOUSANDS, "thousands, miles de, miles y miles, millares");
        put(VAGUE, VagueWord.TENS_OF_THOUSANDS, "tens of thousands, decenas de miles, decenas de millares");
        put(VAGUE, VagueWord.HUNDREDS_OF_THOUSANDS, "hundreds of thousands, cientos de miles, centenares de miles");
        put(VAGUE, VagueWord.MILLIONS, "millions, millones");
        several(VagueWord.SEVERAL_DOZEN, "dozen, dozens", "docenas");
        several(VagueWord.SEVERAL_HUNDRED, "hundred, hundreds", "cientos, centenares, centenas");
        several(VagueWord.SEVERAL_THOUSAND, "thousand, thousands", "miles, millares");
        put(GROUPS, VagueWord.SMALL_GROUP, "small group, small crowd, grupo pequeno, pequeno grupo, grupito");
        put(GROUPS, VagueWord.CROWD, "mob, crowd, crowds, large crowd, huge crowd, group, throng, throngs, multitude");
        put(GROUPS, VagueWord.CROWD, "multitud, muchedumbre, turba, grupo, gentio");
        numbers(0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen");
        numbers(16, "sixteen seventeen eighteen nineteen");
        numbers(2, "dos tres cuatro cinco seis siete ocho nueve diez"); // "once" is also English: UNSETTLING
        numbers(12, "doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos");
        numbers(23, "veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta");
        SMALL.put("veintiun", 21);
        tens(20, 10, "twenty thirty forty fifty sixty seventy eighty ninety");
        tens(40, 10, "cuarenta cincuenta sesenta setenta ochenta noventa");
        tens(100, 0, "cien ciento");
        tens(200, 100, "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos");
        tens(200, 100, "doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas");
        tens(900, 0, "novecientos novecientas");
    }

    private Vocabulary() {}

    private static void modifiers(Modifier modifier, String phrases) {
        put(MODIFIERS, modifier, phrases);
    }

    private static <T> void put(Map<String, T> map, T meaning, String phrases) {
        for (var phrase : phrases.split(",", -1)) {
            map.put(phrase.strip(), meaning);
        }
    }

    private static void several(VagueWord word, String english, String spanish) {
        for (var noun : english.split(", ", -1)) {
            for (var many : Set.of("several", "a few", "few", "many", "some")) {
                // "some hundred" means about a hundred; "some hundreds" means several hundred
                if (many.equals("some") && !noun.endsWith("s")) continue;
                VAGUE.put(many + " " + noun, word);
            }
        }
        var many = new HashSet<>(Set.of("varios", "varias", "algunos", "algunas", "unos", "unas", "muchos", "muchas"));
        for (var noun : spanish.split(", ", -1)) {
            many.forEach(one -> VAGUE.put(one + " " + noun, word));
        }
    }

    private static void numbers(int first, String words) {
        var number = first;
        for (var word : words.split(" ", -1)) {
            SMALL.put(word, number++);
        }
    }

    private static void tens(int first, int step, String words) {
        var number = first;
        for (var word : words.split(" ", -1)) {
            SMALL.put(word, number);
            number += step;
        }
    }
}
