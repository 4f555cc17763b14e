/// Command-line tools that do not trust the server: `recount` recounts a box from public files, `sign` signs
/// without a browser. [org.undersigned.cli.Signer] implements the signer's side of the protocol (docs/PROTOCOL.md
/// §4, §5, §7) as a library.
@NullMarked
package org.undersigned.cli;

import org.jspecify.annotations.NullMarked;
