package org.undersigned.server.site.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.undersigned.server.content.campaign.Campaign;
import org.undersigned.server.content.campaign.CampaignParser;
import org.undersigned.server.content.coverage.RuleSet;
import org.undersigned.server.count.box.Boxes;
import org.undersigned.server.site.BoxCounts;
import org.undersigned.server.site.PageRenderer;
import org.undersigned.server.site.TestPages;
import org.undersigned.server.support.LargeCampaign;

/// Checks that the work to draw a page grows no faster than the campaign. It counts the elements of the campaign's
/// lists and the counts that a page reads.
final class ManyCampusesTest {
    private static final Instant NOON = Instant.parse("2040-11-10T12:00:00Z");
    private static final URI SITE = URI.create("https://sign.example");

    /// What was read from lists and maps.
    private static final class Reads {
        private long number;
    }

    /// A list that counts how many of its elements are read.
    private static final class CountingList<T> extends AbstractList<T> implements RandomAccess {
        private final List<T> all;
        private final Reads reads;

        private CountingList(List<T> all, Reads reads) {
            this.all = all;
            this.reads = reads;
        }

        @Override
        public T get(int index) {
            reads.number++;
            return all.get(index);
        }

        @Override
        public int size() {
            return all.size();
        }
    }

    /// A map that counts how often it is asked.
    private static final class CountingMap extends HashMap<String, BoxCounts> {
        private static final long serialVersionUID = 1;

        private final transient Reads reads;

        private CountingMap(Reads reads) {
            this.reads = reads;
        }

        @Override
        public @Nullable BoxCounts get(Object key) {
            reads.number++;
            return super.get(key);
        }
    }

    /// The campaign with lists that count.
    private static Campaign counting(Campaign campaign, Reads reads) throws ReflectiveOperationException {
        var constructor = Campaign.class.getConstructors()[0];
        var values = new Object[constructor.getParameterCount()];
        for (var i = 0; i < values.length; i++) {
            var value = Campaign.class.getRecordComponents()[i].getAccessor().invoke(campaign);
            values[i] = value instanceof List<?> list ? new CountingList<>(list, reads) : value;
        }
        return (Campaign) constructor.newInstance(values);
    }

    private static BoxCounts counts() {
        var count = new Boxes.ClassCount("member", 40, 0, List.of());
        var batch = new Boxes.Batch("member", 41, NOON, 40);
        return new BoxCounts("box", 41, true, NOON, List.of(count), List.of(), List.of(batch), List.of());
    }

    private static long reads(String template, int campuses) throws ReflectiveOperationException {
        var reads = new Reads();
        var campaign = counting(CampaignParser.parse(LargeCampaign.document("large", campuses)), reads);
        var counted = new CountingMap(reads);
        campaign.petitions().forEach(petition -> counted.put(petition.path(), counts()));
        reads.number = 0;
        var view =
                switch (template) {
                    case "campaign" -> CampaignPage.of(campaign, counted, NOON);
                    case "answers" -> AnswersPage.of(campaign, NOON, counted);
                    case "actions" -> new ActionsPage(campaign, counted, NOON);
                    case "press" -> new PressPage(campaign, counted, SITE);
                    case "coverage" -> new CoveragePage(campaign, RuleSet.AS_PRINTED, counted);
                    default -> throw new IllegalArgumentException(template);
                };
        var html = new PageRenderer().render(template, TestPages.of("en", SITE.toString()), Map.of("view", view));
        assertThat(html).contains("</html>");
        return reads.number;
    }

    @ParameterizedTest
    @ValueSource(strings = {"campaign", "answers", "actions", "press", "coverage"})
    void aPageReadsTwiceAsMuchForTwiceAsManyCampuses(String template) throws ReflectiveOperationException {
        var few = reads(template, 150);
        assertThat(few).isBetween(150L, 40 * 150L);
        assertThat(reads(template, 300)).isLessThanOrEqualTo(2 * few);
    }

    @Test
    void whatIsCountedAtAPathIsFoundWithoutReadingTheOthers() throws ReflectiveOperationException {
        var reads = new Reads();
        var campaign = counting(CampaignParser.parse(LargeCampaign.document("large", 300)), reads);

        for (var path : List.of("/p/large-0", "/p/large-299")) {
            reads.number = 0;
            assertThat(campaign.countable(path).orElseThrow().path()).isEqualTo(path);
            assertThat(reads.number).isLessThan(10); // the demands
        }
        assertThat(Stream.of("/p/large-300", "/a/large-0", "/l/large-0", "/", "")
                        .flatMap(path -> campaign.countable(path).stream()))
                .isEmpty();
    }
}
