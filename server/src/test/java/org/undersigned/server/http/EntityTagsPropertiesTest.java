package org.undersigned.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

final class EntityTagsPropertiesTest {
    @Property(tries = 2_000)
    void anythingIsRead(@ForAll @StringLength(max = 200) @CharRange(from = ' ', to = '~') String list) {
        assertThat(EntityTags.match(list, "\"never-in-it-0123456789\""))
                .isEqualTo(list.strip().equals("*"));
    }
}
