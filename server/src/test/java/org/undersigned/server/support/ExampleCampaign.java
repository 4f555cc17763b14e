package org.undersigned.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignParser;

/// The invented campaign that uses every part. Its campus has three boxes: a petition, an action, letters.
public final class ExampleCampaign {
    public static final Path FILE = Path.of("../docs/examples/lanterns.json");

    public static final String LIGHTS = "/p/lantern-lights";
    public static final String WALK = "/a/evening-walk";
    public static final String REGENTS = "/l/regents";

    private ExampleCampaign() {}

    public static String document() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Campaign campaign() {
        return CampaignParser.parse(document());
    }

    /// Imports it, and waits for its boxes.
    public static void importInto(TestInstance instance) {
        instance.importCampaign(FILE, LIGHTS, WALK, REGENTS);
    }
}
