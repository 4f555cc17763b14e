package org.undersigned.server.platform.db;

/// Who asks the database. Each is a login role of its own that may use one schema and none of the others.
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
