package org.undersigned.server.publish.share;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Writes PNG (ISO/IEC 15948) with indexed colours: each ink of [Palette] mixed with paper in 40 steps, which
/// smooth edges need. A file has a tenth of the bytes of full colour.
final class PngWriter {
    private static final int STEPS = 40; // from paper to an ink; five inks and paper make 201 colours of 256
    private static final IndexColorModel COLORS = colors();

    private PngWriter() {}

    static byte[] write(BufferedImage drawn) {
        var indexed = new BufferedImage(drawn.getWidth(), drawn.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, COLORS);
        var nearest = new HashMap<Integer, Integer>();
        var raster = indexed.getRaster();
        var row = new int[drawn.getWidth()];
        for (var y = 0; y < drawn.getHeight(); y++) {
            drawn.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (var x = 0; x < row.length; x++) {
                row[x] = nearest.computeIfAbsent(row[x] & 0xffffff, PngWriter::nearest);
            }
            raster.setSamples(0, y, row.length, 1, 0, row);
        }
        return writeUnindexed(indexed);
    }

    /// Writes the picture with the colours it has.
    static byte[] writeUnindexed(BufferedImage drawn) {
        var out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) { // in memory: the JDK's other ones write a file
            if (!ImageIO.write(drawn, "png", stream)) throw new IllegalStateException("the JDK cannot write PNG");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static IndexColorModel colors() {
        var inks = Palette.values().length - 1;
        var rgb = new int[1 + inks * STEPS];
        rgb[0] = Palette.PAPER.rgb();
        for (var ink = 1; ink <= inks; ink++) {
            for (var step = 1; step <= STEPS; step++) {
                rgb[(ink - 1) * STEPS + step] = mix(Palette.PAPER.rgb(), Palette.values()[ink].rgb(), step);
            }
        }
        return new IndexColorModel(8, rgb.length, rgb, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static int mix(int paper, int ink, int step) {
        var mixed = 0;
        for (var shift = 0; shift <= 16; shift += 8) {
            var from = paper >> shift & 0xff;
            var to = ink >> shift & 0xff;
            mixed |= (from + (to - from) * step / STEPS) << shift;
        }
        return mixed;
    }

    private static int nearest(int rgb) {
        var best = 0;
        for (var i = 1; i < COLORS.getMapSize(); i++) {
            if (distance(rgb, COLORS.getRGB(i)) < distance(rgb, COLORS.getRGB(best))) best = i;
        }
        return best;
    }

    private static int distance(int a, int b) {
        var sum = 0;
        for (var shift = 0; shift <= 16; shift += 8) {
            var difference = (a >> shift & 0xff) - (b >> shift & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
