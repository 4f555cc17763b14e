package org.undersigned.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's example compiles and does what it says.
final class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void theExampleRuns() throws Exception {
        var block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        assertThat(block.group(1).lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(5);
        var source = folder.resolve("Example.java");
        Files.writeString(source, """
                import static java.nio.charset.StandardCharsets.UTF_8;
                import java.util.List;
                import org.undersigned.tlog.*;

                public class Example {
                    public static byte[] run(byte[] seed) throws Exception {
                %s
                        return hello;
                    }
                }
                """.formatted(block.group(1)));

        var compiler = ToolProvider.findFirst("javac").orElseThrow();
        var classPath = System.getProperty("java.class.path");
        var arguments = List.of("-proc:none", "-cp", classPath, "-d", folder.toString(), source.toString());
        assertThat(compiler.run(System.out, System.err, arguments.toArray(String[]::new)))
                .isZero();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            var run = loader.loadClass("Example").getMethod("run", byte[].class);
            assertThat(run.invoke(null, new byte[32])).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        }
    }
}
