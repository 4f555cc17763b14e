package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The module exports what users need and requires only the JDK. The other tests run on the class path.
final class ModuleTest {
    @Test
    void itExportsThreePackagesAndNeedsTheJdksClientOnly() {
        var module = ModuleFinder.of(Path.of("target", "classes"))
                .find("org.undersigned.tlog")
                .orElseThrow()
                .descriptor();

        assertThat(module.exports())
                .extracting(Exports::source)
                .containsExactlyInAnyOrder(
                        "org.undersigned.tlog", "org.undersigned.tlog.http", "org.undersigned.tlog.witness");
        assertThat(module.requires())
                .filteredOn(one -> !one.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "java.net.http");
    }
}
