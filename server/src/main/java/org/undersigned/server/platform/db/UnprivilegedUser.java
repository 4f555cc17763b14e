package org.undersigned.server.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// The user as which PostgreSQL runs, since it refuses to run as root. If this process is root, PostgreSQL runs as
/// `nobody`, who then owns its directory. If some parent of that directory is closed to others (for example a clone
/// under /root), `nobody` cannot reach it; PostgreSQL then runs in a user namespace of its own, in which it sees
/// itself as `nobody` but still owns our files, without any capability.
record UnprivilegedUser(boolean weAreRoot, boolean parentsAreClosed) {
    private static final String USER = "nobody";

    static UnprivilegedUser forData(Path directory) throws IOException {
        var closed = false;
        for (var parent = directory.toAbsolutePath().getParent(); parent != null; parent = parent.getParent()) {
            closed |= !Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE);
        }
        return new UnprivilegedUser("root".equals(System.getProperty("user.name")), closed);
    }

    /// The command prefix that runs a program as this user.
    List<String> prefix() {
        if (!weAreRoot) return List.of();
        if (parentsAreClosed) return List.of("unshare", "--user", "--");
        return List.of("setpriv", "--reuid", USER, "--regid", "nogroup", "--clear-groups", "--");
    }

    /// Like [#prefix], and makes the kernel send SIGINT to the program when the thread that starts it ends.
    List<String> prefixDyingWithUs() {
        var prefix = new ArrayList<>(prefix());
        prefix.addAll(List.of("setpriv", "--pdeathsig", "INT", "--"));
        return prefix;
    }

    /// Makes this user the owner of `tree` and of everything in it.
    void own(Path tree) throws IOException {
        if (!weAreRoot) return;
        var users = tree.getFileSystem().getUserPrincipalLookupService();
        var owner = users.lookupPrincipalByName(parentsAreClosed ? "root" : USER);
        if (Files.getOwner(tree).equals(owner)) return;
        try (var files = Files.walk(tree)) {
            for (var file : files.toList()) {
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setOwner(owner);
            }
        }
    }
}
