package org.undersigned.server.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL refuses to run as root. When we are root it runs as `nobody`, who then owns its directory; when
/// some parent of that directory is closed to others (a clone under /root, say), it also gets the one capability
/// that looks past directory permissions.
record UnprivilegedUser(boolean weAreRoot, boolean parentsAreClosed) {
    private static final String USER = "nobody";

    static UnprivilegedUser forData(Path directory) throws IOException {
        var closed = false;
        for (var parent = directory.toAbsolutePath().getParent(); parent != null; parent = parent.getParent()) {
            closed |= !Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE);
        }
        return new UnprivilegedUser("root".equals(System.getProperty("user.name")), closed);
    }

    List<String> prefix() {
        return weAreRoot ? setpriv() : List.of();
    }

    /// Also asks the kernel to send SIGINT when the thread that starts the program ends.
    List<String> prefixDyingWithUs() {
        var prefix = new ArrayList<String>(weAreRoot ? setpriv() : List.of("setpriv"));
        prefix.addAll(List.of("--pdeathsig", "INT", "--"));
        return prefix;
    }

    private List<String> setpriv() {
        var command = new ArrayList<>(List.of("setpriv", "--reuid", USER, "--regid", "nogroup", "--clear-groups"));
        if (parentsAreClosed) {
            command.addAll(List.of("--inh-caps", "-all,+dac_read_search", "--ambient-caps", "-all,+dac_read_search"));
        }
        return command;
    }

    void own(Path file) throws IOException {
        if (!weAreRoot) return;
        var users = file.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(file, users.lookupPrincipalByName(USER));
    }
}
