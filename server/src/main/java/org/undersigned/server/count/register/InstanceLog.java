package org.undersigned.server.count.register;

import java.util.Locale;

/// The two logs of an instance, apart from the logs of its boxes (PROTOCOL §9). A client reads the register whole,
/// so the register is short: the leaves that come with each batch and each day are in the ledger.
public enum InstanceLog {
    REGISTER,
    LEDGER;

    /// Its name in the database and in addresses: `/log/<name>/`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its origin, which is also the name of its key: `<host>/<name>`.
    public String origin(String host) {
        return host + "/" + id();
    }

    /// Where it is served: `/log/<name>/`.
    public String path() {
        return "/log/" + id() + "/";
    }
}
