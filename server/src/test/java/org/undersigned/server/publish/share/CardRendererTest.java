package org.undersigned.server.publish.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.imaging.Imaging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.site.drawing.TextLayout;
import org.undersigned.server.site.drawing.Typeface;

/// Tests the pictures. Commons Imaging reads them, because the JDK's reader and writer are one library.
final class CardRendererTest {
    private static final int SPINE = 40; // pixels from the left without text
    private static final int FOOT = 540;
    private static final int PAPER = 0xffffff;

    private static final CardRenderer RENDERER = new CardRenderer();

    private static Card card(String where, String title, String notice, String detail, Card.Figure... figures) {
        var counted = figures.length == 0 ? "" : "Counted on November 24, 2026";
        return new Card(
                where, title, notice, detail, counted, List.of(figures), "Undersigned", "Numbers anyone can check.");
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return Imaging.getBufferedImage(png);
    }

    /// Draws the card. Stores the picture in the directory `UNDERSIGNED_SCREENSHOTS`, if set, for a person to look
    /// at.
    private static BufferedImage drawn(String name, Card card) throws IOException {
        var png = RENDERER.draw(card);
        assertThat(png.length).as(name).isLessThan(120_000);
        var directory = System.getenv("UNDERSIGNED_SCREENSHOTS");
        if (directory != null) Files.write(Path.of(directory, "card-" + name + ".png"), png);
        var picture = read(png);
        assertThat(picture.getWidth()).isEqualTo(1200);
        assertThat(picture.getHeight()).isEqualTo(630);
        return picture;
    }

    /// True if nothing is drawn in this part of the picture.
    private static boolean isBlank(BufferedImage picture, int left, int top, int right, int bottom) {
        for (var y = top; y < bottom; y++) {
            for (var x = left; x < right; x++) {
                if ((picture.getRGB(x, y) & 0xffffff) != PAPER) return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Walk",
                "Make Tufts a sanctuary campus",
                "Exigimos un campus santuario 🕊️ para todas las personas, sin excepción, y un protocolo escrito antes de"
                        + " que termine el año académico en curso, y que se publique con sus versiones y diferencias",
                "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandswahl",
                "👩‍👩‍👧🇲🇽🏳️‍🌈👍🏽✊🏿1️⃣❤️👩‍👩‍👧🇲🇽🏳️‍🌈👍🏽✊🏿1️⃣❤️👩‍👩‍👧🇲🇽🏳️‍🌈👍🏽✊🏿1️⃣❤️👩‍👩‍👧🇲🇽🏳️‍🌈👍🏽✊🏿1️⃣❤️👩‍👩‍👧🇲🇽🏳️‍🌈👍🏽✊🏿1️⃣❤️"
            })
    void whateverItSaysStaysInsideTheFrame(String words) throws IOException {
        var picture = drawn(
                "frame-" + words.length(),
                card(
                        words,
                        words,
                        "Cancelled",
                        words,
                        new Card.Figure("123,456,789", words),
                        new Card.Figure("Fewer than 10", words),
                        new Card.Figure("44", words)));

        assertThat(isBlank(picture, SPINE, 0, 1200, 40)).as("top").isTrue();
        assertThat(isBlank(picture, 1136, 0, 1200, 630)).as("right").isTrue();
        assertThat(isBlank(picture, SPINE, 0, 80, 630)).as("left").isTrue();
        assertThat(isBlank(picture, SPINE, 612, 1200, 630)).as("bottom").isTrue();
        assertThat(isBlank(picture, 84, FOOT, 1128, FOOT + 7))
                .as("above the rule")
                .isTrue();
        assertThat(isBlank(picture, SPINE, 60, 1200, FOOT)).as("middle").isFalse();
    }

    @Test
    void aTitleTooLongEndsInAnEllipsisAndItsLinesAreNoWiderThanTheFrame() {
        var layout = new TextLayout(Typeface.load("NotoSans-Bold.ttf"), Typeface.load("NotoEmoji-Regular.ttf"));

        var lines = layout.lines("a written protocol, adopted and reviewed ".repeat(9), 44, 1044, 3);

        assertThat(lines).hasSize(3).allMatch(line -> layout.width(line, 44) <= 1044);
        assertThat(lines.getLast()).endsWith("…");
        assertThat(lines.getFirst()).doesNotEndWith("…").doesNotEndWith(" ");
        assertThat(layout.lines("ñandú", 44, 1044, 1)).containsExactly("ñandú");
    }

    @Test
    void accentsAreDrawnHoweverTheyAreWrittenAndAJointEmojiIsOneSign() {
        var face = Typeface.load("NotoSans-Bold.ttf");
        var emoji = Typeface.load("NotoEmoji-Regular.ttf");
        var layout = new TextLayout(face, emoji);

        assertThat("áéíóúüñÁÉÍÓÚÜÑ¿¡“”‘’–—…·ŌʻĀłçğ".codePoints()).allMatch(face::has);
        assertThat(layout.width("An\u0303o Nuevo", 10)).isEqualTo(layout.width("Año Nuevo", 10));
        for (var sign : List.of("👩‍👩‍👧", "🇲🇽", "🏳️‍🌈", "👍🏽", "❤️", "1️⃣")) {
            assertThat(layout.width(sign, 100)).as(sign).isBetween(50.0, 150.0);
        }
        // an emoji that no font has: its parts are drawn
        assertThat(layout.width("🕊️‍🌈‍🚲", 100)).isGreaterThan(250);
    }

    @Test
    void aNumberIsDrawnInItsOwnPlaceAndNothingWhereThereIsNone() throws IOException {
        var without = drawn("without", card("Tufts University", "Sanctuary", "", ""));
        var with = drawn("with", card("Tufts University", "Sanctuary", "", "", new Card.Figure("2,613", "signatures")));
        var few = drawn("few", card("Tufts University", "Sanctuary", "", "", new Card.Figure("Menos de 10", "firmas")));

        assertThat(isBlank(without, SPINE, 300, 1200, FOOT)).isTrue();
        assertThat(isBlank(with, SPINE, 400, 300, FOOT)).isFalse();
        assertThat(isBlank(few, 450, 400, 600, FOOT))
                .as("longer words reach further")
                .isFalse();
        assertThat(isBlank(with, 600, 400, 1200, FOOT)).isTrue();
    }

    @Test
    void theAlternativeTextSkipsEmptyParts() {
        assertThat(card("Tufts University", "Sanctuary", "", "", new Card.Figure("2,613", "signatures"))
                        .alternative())
                .isEqualTo("Tufts University · Sanctuary · Counted on November 24, 2026: 2,613 signatures"
                        + " · Numbers anyone can check.");
        assertThat(card("", "Sanctuary", "", "").alternative()).isEqualTo("Sanctuary · Numbers anyone can check.");
    }

    @Test
    void theIconIsOneDrawingInTwoForms() throws IOException {
        var png = read(RENDERER.icon());
        var svg = new String(CardRenderer.iconSvg(), StandardCharsets.UTF_8);

        assertThat(png.getWidth()).isEqualTo(180);
        assertThat(png.getHeight()).isEqualTo(180);
        assertThat(png.getRGB(90, 30) & 0xffffff).as("inside the U").isEqualTo(0x0b5a4a);
        assertThat(png.getRGB(59, 60) & 0xffffff).as("its left stroke").isEqualTo(PAPER);
        assertThat(svg)
                .contains("viewBox=\"0 0 64 64\"")
                .contains("M21 13L21 28")
                .contains("#0b5a4a");
    }

    @Test
    void systemFontsAreNeverLoaded(@TempDir Path directory) throws Exception {
        var maps = directory.resolve("maps");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var drawing = new ProcessBuilder(
                        java,
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Drawing.class.getName(),
                        maps.toString())
                .inheritIO()
                .start();

        assertThat(drawing.waitFor()).isZero();
        assertThat(Files.readString(maps))
                .contains("libawt.so")
                .doesNotContain("libfontmanager", "fontconfig", "libfreetype");
    }

    /// Runs in its own process: other tests may already have loaded the machine's fonts in this one.
    static final class Drawing {
        static void main(String[] args) throws IOException {
            var png = new CardRenderer().draw(card("Tufts University", "Sanctuary 🕊️", "", ""));
            if (png.length < 1_000) throw new IllegalStateException("nothing is drawn");
            Files.copy(Path.of("/proc/self/maps"), Path.of(args[0]));
        }
    }
}
