package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

final class EntityTagsPropertiesTest {
    @Property(tries = 2_000)
    void anythingIsRead(@ForAll @StringLength(max = 200) @CharRange(from = ' ', to = '~') String list) {
        assertThat(EntityTags.match(list, "\"never-in-it-0123456789\""))
                .isEqualTo(list.strip().equals("*"));
    }

    @Property
    void aTagIsFoundExactlyIfItIsInTheList(
            @ForAll @Size(max = 20) List<@StringLength(max = 8) @CharRange(from = '#', to = '~') String> tags,
            @ForAll List<Boolean> weak,
            @ForAll @StringLength(max = 2) @CharRange(from = 'a', to = 'c') String other) {
        var list = new StringJoiner(" ,\t");
        for (var i = 0; i < tags.size(); i++) {
            list.add((i < weak.size() && weak.get(i) ? "W/" : "") + '"' + tags.get(i) + '"');
        }

        for (var tag : tags) {
            assertThat(EntityTags.match(list.toString(), '"' + tag + '"')).isTrue();
        }
        assertThat(EntityTags.match(list.toString(), '"' + other + '"')).isEqualTo(tags.contains(other));
    }
}
