/// HTTP for c2sp.org/tlog-tiles and c2sp.org/tlog-witness, with the JDK's own client and server.
///
/// | specification | type |
/// |---|---|
/// | c2sp.org/tlog-tiles, `<prefix>/checkpoint`, `<prefix>/tile/…` | [HttpLog] |
/// | c2sp.org/tlog-witness, add-checkpoint, client | [WitnessClient] |
/// | c2sp.org/tlog-witness, add-checkpoint, server | [WitnessHandler]; needs the module `jdk.httpserver` |
@NullMarked
package org.undersigned.tlog.http;

import org.jspecify.annotations.NullMarked;
