package org.undersigned.server.publish.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.imaging.Imaging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the name beside the icon.
final class LogoTest {
    private static final CardRenderer RENDERER = new CardRenderer();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thePictureHasNothingBehindItAndLettersForItsGround(boolean dark) throws IOException {
        var png = Imaging.getBufferedImage(RENDERER.logo(dark));

        assertThat(png.getHeight()).isEqualTo(256);
        assertThat(png.getWidth()).isBetween(1_000, 2_000);
        assertThat(png.getRGB(png.getWidth() - 1, 0) >>> 24).isZero();
        var letters = 0;
        for (var x = 300; x < png.getWidth(); x++) {
            for (var y = 0; y < png.getHeight(); y++) {
                if (png.getRGB(x, y) == (dark ? 0xffffffff : 0xff1b1f24)) letters++;
            }
        }
        assertThat(letters).isGreaterThan(10_000);
    }

    @Test
    void theSvgIsWellFormedAndNeedsNoFont() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var svg = RENDERER.logoSvg(false);
        var root = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getDocumentElement();

        assertThat(root.getLocalName()).isEqualTo("svg");
        assertThat(root.getAttribute("height")).isEqualTo("64");
        assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Undersigned");
        assertThat(root.getElementsByTagName("text").getLength()).isZero();
        assertThat(new String(svg, StandardCharsets.UTF_8)).doesNotContain("http://localhost", "style=");
    }
}
