package org.undersigned.server.content.directory;

import java.nio.file.Path;
import java.util.ArrayList;

/// Runs `import campuses`: reads both files in pieces, holds only the entries in memory (about 6,000), and then
/// writes them in one transaction. A second import of the same files changes nothing.
public final class DirectoryImport {
    /// A file that would close more entries than a tenth of its own rows is refused: it is probably incomplete.
    private static final int MAX_UNLISTED_DIVISOR = 10;

    private final DirectoryStore store;

    public DirectoryImport(DirectoryStore store) {
        this.store = store;
    }

    /// @param ipeds   the federal header file, HD*.csv
    /// @param domains the list of mail domains, JSON
    /// @throws ImportFailure if a file is wrong, with the position; the directory is then unchanged
    public ImportReport run(Path ipeds, Path domains) {
        var warnings = new ImportWarnings();
        var institutions = new ArrayList<Institution>();
        var read = IpedsFile.read(ipeds, warnings, institutions::add);
        var list = new ArrayList<MailDomainList.Listed>();
        var listRead = MailDomainList.read(domains, warnings, list::add);
        var directory = DirectoryBuilder.join(institutions, list);
        var diff = store.replaceWith(directory.entries(), wanted -> refuseIncompleteFile(read, wanted));
        return new ImportReport(
                read.text().charset().name() + (read.text().marked() ? " with byte-order mark" : ""),
                read.rows(),
                directory.closed(),
                directory.withDomain(),
                directory.sharing(),
                directory.sharedDomains(),
                read.zips(),
                read.letters(),
                listRead.entries(),
                listRead.ofCountry(),
                directory.unmatched(),
                diff.added().size(),
                diff.changed().size(),
                diff.unchanged(),
                diff.closing(),
                warnings.first(),
                warnings.count());
    }

    private static void refuseIncompleteFile(IpedsFile.Read read, DirectoryDiff diff) {
        if (diff.unlisted() > read.rows() / MAX_UNLISTED_DIVISOR) {
            throw new ImportFailure(
                    read.text().name(),
                    "lists " + read.rows() + " institutions and lacks " + diff.unlisted()
                            + " institutions of the directory; is the file complete?");
        }
    }
}
