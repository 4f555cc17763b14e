package org.undersigned.server.publish.data;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One of the things that belong to another and have no name of their own.
///
/// @param number from 1, in their order
record Indexed<W, T>(W of, int number, T what) {
    static <W, T> Stream<Indexed<W, T>> of(W of, List<T> list) {
        return IntStream.range(0, list.size()).mapToObj(i -> new Indexed<>(of, i + 1, list.get(i)));
    }
}
