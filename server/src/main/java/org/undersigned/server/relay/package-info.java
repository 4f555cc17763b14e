/// A relay (docs/PROTOCOL.md §5): takes sealed requests for the gateways of other organizations' instances, mixes
/// them, and hands them on. It has no database, keeps no log, and sees no content.
@NullMarked
package org.undersigned.server.relay;

import org.jspecify.annotations.NullMarked;
