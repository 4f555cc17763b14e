package org.undersigned.server.publish.api;

import java.util.function.Supplier;

/// Something of a list.
///
/// @param id     its own there
/// @param fields written only when it is asked for
record ListItem(String id, Supplier<JsonFields> fields) {}
