package org.undersigned.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignParser;
import tools.jackson.databind.json.JsonMapper;

/// The fictitious example campaign, which uses every feature. Its campus has three boxes: petition, action,
/// letters.
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

    /// The same campaign under other addresses: its slug is `slug`, and every item's slug begins with it.
    public static String document(String slug) {
        var text = new JsonMapper().readTree(document()).toString(); // without spaces
        text = text.replace("\"slug\":\"lantern-walk\"", "\"slug\":\"" + slug + "\"");
        for (var item : List.of("lantern-lights", "evening-walk", "teach-in", "first-walk", "regents")) {
            text = text.replace("\"slug\":\"" + item + "\"", "\"slug\":\"" + slug + "-" + item + "\"")
                    .replace("[\"" + item + "\"]", "[\"" + slug + "-" + item + "\"]");
        }
        return text;
    }

    public static Campaign campaign() {
        return CampaignParser.parse(document());
    }

    /// Imports the campaign and waits until its boxes are open and its action is announced to followers.
    public static void importAndAnnounce(TestInstance instance) {
        importInto(instance);
        instance.await(
                "the action is announced",
                () -> instance.get("/ap/lantern-walk/events/evening-walk").statusCode() == 200);
    }

    /// Imports the campaign and waits until its boxes are open.
    public static void importInto(TestInstance instance) {
        instance.importCampaign(FILE, LIGHTS, WALK, REGENTS);
    }
}
