package org.undersigned.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.undersigned.record.Manifest;
import org.undersigned.server.content.campaign.CampaignStore;

/// The demonstration campaign's document. Loading it is safe to repeat.
public final class Demo {
    /// Small and quick batches that hold nothing back, so that a visitor sees what happens: most signers are programs.
    public static final Manifest.Publish BATCHES = new Manifest.Publish(10, 0, 5, 86_400);

    private Demo() {}

    public static void load(CampaignStore campaigns) {
        var _ = campaigns.put(document(), true);
    }

    private static String document() {
        try (var in = Demo.class.getResourceAsStream("/demo/sanctuary-campus.json")) {
            if (in == null) throw new IllegalStateException("the demonstration's document is missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
