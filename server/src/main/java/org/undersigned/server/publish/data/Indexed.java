package org.undersigned.server.publish.data;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An item of a list that belongs to another object and has no id of its own.
///
/// @param number position in the list, from 1
record Indexed<W, T>(W of, int number, T what) {
    static <W, T> Stream<Indexed<W, T>> of(W of, List<T> list) {
        return IntStream.range(0, list.size()).mapToObj(i -> new Indexed<>(of, i + 1, list.get(i)));
    }
}
