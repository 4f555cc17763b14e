package org.undersigned.ohttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The module exports its package and requires only the JDK. This needs a test because the other tests run on the
/// class path.
final class ModuleTest {
    @Test
    void itExportsOnePackageAndNeedsNothingButTheJdk() {
        var module = ModuleFinder.of(Path.of("target", "classes"))
                .find("org.undersigned.ohttp")
                .orElseThrow()
                .descriptor();

        assertThat(module.exports()).extracting(Exports::source).containsExactly("org.undersigned.ohttp");
        assertThat(module.requires())
                .filteredOn(one -> !one.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactly("java.base");
    }
}
