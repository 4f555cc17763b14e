package org.undersigned.server.content.directory;

/// One row of the federal directory.
///
/// @param unitid its permanent number in that directory
record Institution(int unitid, InstitutionFacts facts) {}
