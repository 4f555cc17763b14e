package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Comparison of entity tags (RFC 9110 §13.1.1, §13.1.2 and §8.8.3).
final class EntityTagsTest {
    private static final String TAG = "\"abc\"";

    @ParameterizedTest
    @ValueSource(
            strings = {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", " \"x\" ,W/\"abc\"", "*", " * ", "\"a,b\", \"abc\""})
    void aListThatHasIt(String list) {
        assertThat(EntityTags.match(list, TAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"ab\"", "abc", "\"abc", "x\"abc\"", "\"abcd\"", "**", "W/", "\"x\" \u0000 \"abc\""})
    void aListThatHasItNot(String list) {
        assertThat(EntityTags.match(list, TAG)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "W/\"x\", \"abc\"", "W/\"abc\", \"abc\"", "*"})
    void aListWithAStrongMatch(String list) {
        assertThat(EntityTags.matchStrongly(list, TAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"abc\"", "\"x\", W/\"abc\"", "\"x\""})
    void aListWithoutAStrongMatch(String list) {
        assertThat(EntityTags.matchStrongly(list, TAG)).isFalse();
    }

    @Test
    void aListWithoutEndIsReadUpToItsBound() {
        assertThat(EntityTags.match("\"x\",".repeat(1_000_000) + TAG, TAG)).isFalse();
    }
}
