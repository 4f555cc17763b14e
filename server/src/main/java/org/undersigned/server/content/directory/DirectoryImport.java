package org.undersigned.server.content.directory;

import java.nio.file.Path;
import java.util.ArrayList;

/// `import campuses`: both files are read in pieces and never held; only the entries are, some 6,000. Then one
/// transaction. Asked again with the same files, it changes nothing.
public final class DirectoryImport {
    /// A file that would close more than a tenth of the directory is a part of a file, not news.
    private static final int LARGEST_LOSS = 10;

    private final DirectoryStore store;

    public DirectoryImport(DirectoryStore store) {
        this.store = store;
    }

    /// @param ipeds   the federal header file, HD*.csv
    /// @param domains the list of mail domains, JSON
    /// @throws ImportFailure where a file is wrong; the directory is as before then
    public ImportReport run(Path ipeds, Path domains) {
        var warnings = new ImportWarnings();
        var institutions = new ArrayList<Institution>();
        var read = IpedsFile.read(ipeds, warnings, institutions::add);
        var list = new ArrayList<MailDomainList.Listed>();
        var listRead = MailDomainList.read(domains, warnings, list::add);
        var directory = DirectoryBuilder.join(institutions, list);
        var diff = store.keep(directory.entries(), wanted -> refusePart(read, wanted));
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

    private static void refusePart(IpedsFile.Read read, DirectoryDiff diff) {
        if (diff.unlisted() > read.rows() / LARGEST_LOSS) {
            throw new ImportFailure(
                    read.text().name(),
                    "lists " + read.rows() + " institutions and leaves out " + diff.unlisted()
                            + " that the directory offers; is it the whole file?");
        }
    }
}
