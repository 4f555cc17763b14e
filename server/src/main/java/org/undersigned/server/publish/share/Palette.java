package org.undersigned.server.publish.share;

import java.awt.Color;

/// The colours of pictures: those of the site's light theme (`web/css/site.css`).
enum Palette {
    PAPER(0xffffff),
    TEXT(0x1b1f24),
    SOFT(0x4c5560),
    LINE(0xc9cdc6),
    ACCENT(0x0b5a4a),
    BAD(0xa1201b);

    private final int rgb;

    Palette(int rgb) {
        this.rgb = rgb;
    }

    int rgb() {
        return rgb;
    }

    Color color() {
        return new Color(rgb);
    }
}
