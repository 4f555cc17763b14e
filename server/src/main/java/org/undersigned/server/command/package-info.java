/// The commands an operator types: `demo`, `serve`, `import`, `export`, `moderate`.
@NullMarked
package org.undersigned.server.command;

import org.jspecify.annotations.NullMarked;
