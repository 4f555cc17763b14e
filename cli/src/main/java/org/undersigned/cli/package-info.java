/// For people who trust no server: `recount` counts a box again from public files, `sign` signs without a browser.
/// [org.undersigned.cli.Signer] is the signer's whole side of the protocol (docs/PROTOCOL.md §4, §5, §7) as a
/// library.
@NullMarked
package org.undersigned.cli;

import org.jspecify.annotations.NullMarked;
