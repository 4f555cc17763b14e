package org.undersigned.server.content.directory;

/// One row of the federal directory.
///
/// @param unitid its number there, for life
record Institution(int unitid, InstitutionFacts facts) {}
