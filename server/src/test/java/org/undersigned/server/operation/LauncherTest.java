package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./undersigned` on a machine that lacks something: a copy of it in a folder of its own, where it finds the
/// programs that are put there and no others, so that it can neither fetch nor install anything.
final class LauncherTest {
    private static final Path SOURCE = Path.of("..");
    private static final Pattern JQWIK = Pattern.compile("^import net\\.jqwik\\.", Pattern.MULTILINE);
    private static final Pattern JUPITER = Pattern.compile("^import org\\.junit\\.jupiter\\.", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @BeforeEach
    void aBareMachine() throws IOException {
        Files.copy(SOURCE.resolve("undersigned"), folder.resolve("undersigned"));
        for (var tool : List.of(
                "awk",
                "cat",
                "dirname",
                "find",
                "grep",
                "head",
                "id",
                "ls",
                "mkdir",
                "mktemp",
                "readlink",
                "rm",
                "sed",
                "sleep",
                "tail",
                "tee",
                "touch")) {
            install(tool, "exec " + installed(tool) + " \"$@\"");
        }
    }

    private static Path installed(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    /// Puts a program on the machine.
    private void install(String name, String... script) throws IOException {
        write(folder.resolve("bin").resolve(name), "#!/bin/sh", String.join("\n", script));
    }

    private void installJdk(String version) throws IOException {
        var home = folder.resolve("jdks").resolve(version);
        write(home.resolve("bin/javac"), "#!/bin/sh");
        write(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"");
    }

    private void installNode(int version) throws IOException {
        install("node", "[ \"$1\" = --version ] && echo v%d.1.0 || echo %d".formatted(version, version));
        install("npm", "echo nothing is to be had >&2", "exit 1");
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Said(int exit, List<String> out, List<String> err) {
        /// The one line with which it stops.
        private void isRefusal(String... parts) {
            assertThat(err).hasSize(1);
            endsInRefusal(parts);
            assertThat(out).isEmpty();
        }

        private void endsInRefusal(String... parts) {
            assertThat(err.getLast()).startsWith("undersigned: ").contains(parts);
            assertThat(exit).isEqualTo(2);
        }
    }

    private Said run(String... arguments) throws IOException, InterruptedException {
        return said(start("", arguments), "");
    }

    /// @param as tells apart what several say that run at once
    private Process start(String as, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                installed("bash").toString(), folder.resolve("undersigned").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out" + as).toFile())
                .redirectError(folder.resolve("err" + as).toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("bin").toString());
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("UNDERSIGNED_JDKS", folder.resolve("jdks") + "/*");
        return builder.start();
    }

    private Said said(Process process, String as) throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
        return new Said(
                process.exitValue(),
                Files.readAllLines(folder.resolve("out" + as)),
                Files.readAllLines(folder.resolve("err" + as)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "help", "--help", "-h"})
    void helpNeedsNothing(String asked) throws Exception {
        var said = asked.isEmpty() ? run() : run(asked);

        assertThat(said.exit()).isZero();
        assertThat(said.err()).isEmpty();
        for (var command : List.of("demo", "serve", "import", "export", "recount", "sign", "test", "bench", "build")) {
            assertThat(said.out()).anyMatch(line -> line.startsWith("  ./undersigned " + command));
        }
    }

    @Test
    void anUnknownCommandIsRefused() throws Exception {
        run("dance").isRefusal("unknown command \"dance\"", "./undersigned help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "serve", "import", "export", "recount", "sign", "test", "bench", "build"})
    void withoutAJdkNothingRuns(String command) throws Exception {
        run(command).isRefusal("JDK 25 is missing", "install one", "JAVA_HOME");
    }

    @Test
    void noOtherJdkIsTaken() throws Exception {
        installJdk("21.0.9");
        installJdk("250.0.1");
        Files.createDirectories(folder.resolve("jdks/only-to-run"));
        Files.writeString(folder.resolve("jdks/only-to-run/release"), "JAVA_VERSION=\"25.0.1\"\n");

        run("demo").isRefusal("JDK 25 is missing");
    }

    @Test
    void withoutNodeAndItsNpmNothingIsBuilt() throws Exception {
        installJdk("25.0.1");
        run("demo").isRefusal("Node 20 with npm is missing", "install the packages nodejs and npm");

        install("npm");
        run("demo").isRefusal("Node 20 with npm is missing");
        Files.delete(folder.resolve("bin/npm"));
        install("node");
        run("demo").isRefusal("Node 20 with npm is missing");
    }

    @Test
    void anOldNodeIsRefusedWithItsVersion() throws Exception {
        installJdk("25.0.1");
        installNode(18);

        run("build").isRefusal("Node 20 or newer is needed, found v18.1.0", "install a newer one");
    }

    @Test
    void withoutChromiumThereAreNoTests() throws Exception {
        installJdk("25.0.1");
        run("test").isRefusal("Chromium is missing", "apt-get install chromium", "UNDERSIGNED_CHROMIUM");

        install("id", "echo 0");
        install("apt-get", "echo 'E: there is no network' >&2", "exit 100");
        var said = run("test");
        said.endsInRefusal("Chromium is missing", "apt-get install chromium");
        assertThat(said.err()).hasSize(2).first().asString().startsWith("Installing Chromium");
    }

    @Test
    void withoutOpensslThereIsNoBenchmark() throws Exception {
        installJdk("25.0.1");

        run("bench").isRefusal("openssl is missing", "apt-get install openssl");
    }

    @Test
    void whatCannotBeFetchedOrBuiltIsSaidLast() throws Exception {
        installJdk("25.0.1");
        installNode(20);
        Files.createDirectories(folder.resolve("web"));
        run("demo").endsInRefusal("fetching the browser side's libraries failed", "npm's messages are above");

        write(folder.resolve("web/node_modules/.installed"));
        run("demo").endsInRefusal("the browser's side does not build", "above");

        write(folder.resolve("web/dist/assets.json"));
        install("mvn", "echo '[ERROR] no such library' >&2", "exit 1");
        var said = run("demo");
        said.endsInRefusal("the build failed", "its messages are above");
        assertThat(said.err()).contains("[ERROR] no such library");
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        installJdk("25.0.1");
        installNode(20);
        install("flock", "exec " + installed("flock") + " \"$@\"");
        write(folder.resolve("web/node_modules/.installed"));
        // whoever builds does so until the other waits
        var untilTheOtherWaits = "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do grep -q Waiting %s* && break; sleep 5; done"
                .formatted(folder.resolve("err-"));
        install("npm", "echo npm >>../began", untilTheOtherWaits, "mkdir dist", "touch dist/assets.json");
        install("mvn", "echo mvn >>began", "mkdir -p server/target", "touch server/target/server-1.jar");

        var one = start("-one", "build");
        var other = start("-other", "build");

        var said = List.of(said(one, "-one"), said(other, "-other"));
        assertThat(said).extracting(Said::exit).containsOnly(0);
        assertThat(said.stream().flatMap(both -> both.err().stream()))
                .filteredOn(line -> line.startsWith("Waiting for another"))
                .hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("began"))).containsExactly("npm", "mvn");
    }

    @Test
    void theTestsEndInOneLineThatAddsUpEveryModule() throws Exception {
        aMachineThatTests("pass 7", "fail 0");
        aModulesTests("server", "One", "tests=\"5\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        aModulesTests("server", "Two", "tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        aModulesTests("tlog", "One", "tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        var said = run("test");
        assertThat(said.out().getLast()).isEqualTo("16 passed, 0 failed");
        assertThat(said.exit()).isZero();

        aModulesTests("tlog", "Two", "tests=\"6\" errors=\"1\" skipped=\"1\" failures=\"2\"");
        said = run("test");
        assertThat(said.out().getLast()).isEqualTo("18 passed, 4 failed");
        assertThat(said.exit()).isPositive();
    }

    @Test
    void testsThatDidNotRunAreNoSuccess() throws Exception {
        aMachineThatTests("pass 7", "fail 0");

        var said = run("test");

        assertThat(said.out().getLast()).isEqualTo("7 passed, 1 failed");
        assertThat(said.exit()).isPositive();
    }

    /// One on which everything is there already; the results are laid down by a Maven that does nothing else.
    private void aMachineThatTests(String... browserSide) throws IOException {
        installJdk("25.0.1");
        installNode(20);
        install("chromium");
        install("npm", "[ \"$1\" = test ] && printf '%s\\n' '" + String.join("' '", browserSide) + "'", "exit 0");
        for (var part : List.of("web", "interop")) write(folder.resolve(part).resolve("node_modules/.installed"));
        write(folder.resolve("web/dist/assets.json"));
        install("mvn");
    }

    /// Surefire's report on one class, from the next run on.
    private void aModulesTests(String module, String name, String numbers) throws IOException {
        var reports = folder.resolve(module).resolve("target/surefire-reports");
        var maven = folder.resolve("bin/mvn");
        Files.writeString(maven, Files.readString(maven) + """
                        mkdir -p %s
                        echo '<testsuite name="%s" time="0.1" %s>' > %s/TEST-%s.xml
                        """.formatted(reports, name, numbers, reports, name));
    }

    /// Surefire writes one report for a class and engine, into one file for the class: the tests that the second
    /// engine ran would stand for all, and the closing line would lack the others.
    @Test
    void everyClassHasTestsOfOneEngineOnly() throws Exception {
        var classes = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(SOURCE, "*")) {
            for (var module : modules) {
                var tests = module.resolve("src/test/java");
                if (!Files.isDirectory(tests)) continue;
                try (var files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(classes::add);
                }
            }
        }
        assertThat(classes).hasSizeGreaterThan(100);
        for (var file : classes) {
            var text = Files.readString(file);
            assertThat(JQWIK.matcher(text).find() && JUPITER.matcher(text).find())
                    .as("jqwik's @Example is the @Test beside a @Property: " + file)
                    .isFalse();
        }
    }
}
