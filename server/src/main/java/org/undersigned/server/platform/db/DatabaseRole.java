package org.undersigned.server.platform.db;

/// The roles that use the database. Each is a separate login role that may use one schema and no other.
public enum DatabaseRole {
    ROLL,
    BOX,
    REGISTER,
    SITE,
    FEDIVERSE;

    String schema() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
