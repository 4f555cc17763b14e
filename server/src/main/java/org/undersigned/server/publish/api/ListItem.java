package org.undersigned.server.publish.api;

import java.util.function.Supplier;

/// An item of a list.
///
/// @param id     unique in the list
/// @param fields computed only when a response needs them
record ListItem(String id, Supplier<JsonFields> fields) {}
