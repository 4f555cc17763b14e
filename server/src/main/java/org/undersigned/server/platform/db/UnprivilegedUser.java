package org.undersigned.server.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL refuses to run as root. When we are root it runs as `nobody`, who then owns its directory. When
/// some parent of that directory is closed to others (a clone under /root, say), `nobody` could not get there;
/// it then runs in a user namespace of its own, where it is nobody to itself and still the owner of our files,
/// without any capability.
record UnprivilegedUser(boolean weAreRoot, boolean parentsAreClosed) {
    private static final String USER = "nobody";

    static UnprivilegedUser forData(Path directory) throws IOException {
        var closed = false;
        for (var parent = directory.toAbsolutePath().getParent(); parent != null; parent = parent.getParent()) {
            closed |= !Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE);
        }
        return new UnprivilegedUser("root".equals(System.getProperty("user.name")), closed);
    }

    /// What stands before a program's name to run it as this user.
    List<String> prefix() {
        if (!weAreRoot) return List.of();
        if (parentsAreClosed) return List.of("unshare", "--user", "--");
        return List.of("setpriv", "--reuid", USER, "--regid", "nogroup", "--clear-groups", "--");
    }

    /// Also asks the kernel to send SIGINT when the thread that starts the program ends.
    List<String> prefixDyingWithUs() {
        var prefix = new ArrayList<>(prefix());
        prefix.addAll(List.of("setpriv", "--pdeathsig", "INT", "--"));
        return prefix;
    }

    /// Makes `tree` this user's, with all that is in it.
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
