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
import org.undersigned.tlog.Hash;

/// Runs `./undersigned` on a simulated machine where programs are missing: a copy of the script in its own folder,
/// with a PATH that contains only the programs that a test puts there. So it cannot download or install anything.
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
                "cp",
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
                "sort",
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

    /// Puts a program on the PATH of the simulated machine.
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

    private record Output(int exit, List<String> out, List<String> err) {
        /// Asserts exit status 2 and only one line of output: an error message that contains `parts`.
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

    private Output run(String... arguments) throws IOException, InterruptedException {
        return said(start("", arguments), "");
    }

    /// @param as suffix of the output files; different for processes that run at the same time
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

    private Output said(Process process, String as) throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
        return new Output(
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
    void theVerifierIsAFolderOfItsOwnWithTheDigestsOfItsFiles() throws Exception {
        var built = folder.resolve("web/dist/verifier");
        Files.createDirectories(built);
        for (var file : Files.list(SOURCE.resolve("web/dist/verifier")).toList()) {
            Files.copy(file, built.resolve(file.getFileName()));
        }
        Files.writeString(
                folder.resolve("web/dist/assets.json"), "{}"); // newer than its sources, of which there are none

        assertThat(run("build", "verifier", "mine").exit()).isZero();
        assertThat(run("build", "verifier", "mine").exit()).as("again").isZero();

        var listed = new ArrayList<String>();
        for (var line : Files.readAllLines(folder.resolve("mine/SHA256SUMS"))) {
            var name = line.substring(66);
            listed.add(name);
            assertThat(Hash.sha256(Files.readAllBytes(folder.resolve("mine").resolve(name)))
                            .hex())
                    .isEqualTo(line.substring(0, 64));
        }
        try (var files = Files.list(folder.resolve("mine"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("SHA256SUMS")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(listed)
                .contains("index.html", "verifier.js", "recountworker.js", "site.css", "README.txt", "LICENSE");
    }

    @Test
    void aFolderWithOtherFilesIsLeftAlone() throws Exception {
        Files.createDirectories(folder.resolve("letters"));
        Files.writeString(folder.resolve("letters/to-grandma.txt"), "Dear");

        run("build", "verifier", "letters").isRefusal("letters is not empty and holds no verifier", "name another one");
        run("build", "verifier", "letters/to-grandma.txt").isRefusal("is not a folder");
        try (var files = Files.list(folder.resolve("letters"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void withoutOpensslThereIsNoBenchmark() throws Exception {
        installJdk("25.0.1");

        run("bench").isRefusal("openssl is missing", "apt-get install openssl");
    }

    @Test
    void theLastLineNamesTheFailedBuildStep() throws Exception {
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
        // the process that builds continues until the other one waits
        var untilTheOtherWaits = "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do grep -q Waiting %s* && break; sleep 5; done"
                .formatted(folder.resolve("err-"));
        install("npm", "echo npm >>../began", untilTheOtherWaits, "mkdir dist", "touch dist/assets.json");
        install("mvn", "echo mvn >>began", "mkdir -p server/target", "touch server/target/server-1.jar");

        var one = start("-one", "build");
        var other = start("-other", "build");

        var said = List.of(said(one, "-one"), said(other, "-other"));
        assertThat(said).extracting(Output::exit).containsOnly(0);
        assertThat(said.stream().flatMap(both -> both.err().stream()))
                .filteredOn(line -> line.startsWith("Waiting for another"))
                .hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("began"))).containsExactly("npm", "mvn");
    }

    @Test
    void theTestsEndInOneLineThatAddsUpEveryModule() throws Exception {
        aMachineThatTests("pass 7", "fail 0");
        addReport("server", "One", "tests=\"5\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        addReport("server", "Two", "tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        addReport("tlog", "One", "tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        var said = run("test");
        assertThat(said.out().getLast()).isEqualTo("16 passed, 0 failed");
        assertThat(said.exit()).isZero();

        addReport("tlog", "Two", "tests=\"6\" errors=\"1\" skipped=\"1\" failures=\"2\"");
        said = run("test");
        assertThat(said.out().getLast()).isEqualTo("18 passed, 4 failed");
        assertThat(said.exit()).isPositive();
    }

    @Test
    void theSlowestTenClassesArePrintedBeforeTheLastLine() throws Exception {
        aMachineThatTests("pass 7", "fail 0");
        for (var i = 1; i <= 12; i++) {
            addReport("server", "Class" + i, i + ".5", "tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\"");
        }

        var output = run("test").out();

        var slowest = output.subList(output.indexOf("The slowest test classes:") + 1, output.size() - 2);
        assertThat(slowest).hasSize(10);
        assertThat(slowest.getFirst()).matches(" +12\\.5 s  Class12");
        assertThat(slowest.getLast()).matches(" +3\\.5 s  Class3");
    }

    @Test
    void aNameRunsOneClassAndNothingOfTheBrowserSide() throws Exception {
        aMachineThatTests("pass 7", "fail 0");
        addReport("server", "DumpTest", "tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\"");

        var output = run("test", "DumpTest");

        assertThat(output.out().getLast()).isEqualTo("3 passed, 0 failed");
        assertThat(mavenArguments()).contains("-Dtest=DumpTest", "test");
    }

    @Test
    void aNameWithoutAClassIsRefused() throws Exception {
        aMachineThatTests("pass 7", "fail 0");

        run("test", "NoSuchTest").endsInRefusal("there is no test class \"NoSuchTest\"");
    }

    @Test
    void fastTestsNeedNoChromiumAndLeaveOutWhatStartsAnInstance() throws Exception {
        aMachineThatTests("pass 7", "fail 0");
        Files.delete(folder.resolve("bin/chromium"));
        addReport("tlog", "NoteTest", "tests=\"5\" errors=\"0\" skipped=\"0\" failures=\"0\"");

        var output = run("test", "--fast");

        assertThat(output.out().getLast()).isEqualTo("12 passed, 0 failed");
        assertThat(mavenArguments()).anyMatch(argument -> argument.startsWith("-Dtest=!**/journey/**,"));
    }

    @Test
    void slowTestsRunAloneWithoutChromiumAndTheBrowserSide() throws Exception {
        aMachineThatTests("pass 7", "fail 0");
        Files.delete(folder.resolve("bin/chromium"));
        addReport("server", "CrashTest", "tests=\"3\" errors=\"0\" skipped=\"0\" failures=\"0\"");

        var output = run("test", "--slow");

        assertThat(output.out()).contains("The slowest test classes:").last().isEqualTo("3 passed, 0 failed");
        assertThat(mavenArguments())
                .contains("-Dgroups=slow", "-DexcludedGroups=", "test")
                .noneMatch(argument -> argument.startsWith("-Dtest="));
        assertThat(run("test", "--slow", "CrashTest").out()).last().isEqualTo("3 passed, 0 failed");
        assertThat(mavenArguments()).contains("-Dgroups=slow", "-Dtest=CrashTest");
    }

    private List<String> mavenArguments() throws IOException {
        return Files.readAllLines(folder.resolve("maven-arguments"));
    }

    @Test
    void testsThatDidNotRunAreNoSuccess() throws Exception {
        aMachineThatTests("pass 7", "fail 0");

        var said = run("test");

        assertThat(said.out().getLast()).isEqualTo("7 passed, 1 failed");
        assertThat(said.exit()).isPositive();
    }

    /// Installs everything that `test` needs; the fake Maven only writes the reports of [#aModulesTests].
    private void aMachineThatTests(String... browserSide) throws IOException {
        installJdk("25.0.1");
        installNode(20);
        install("chromium");
        install("npm", "[ \"$1\" = test ] && printf '%s\\n' '" + String.join("' '", browserSide) + "'", "exit 0");
        for (var part : List.of("web", "interop")) write(folder.resolve(part).resolve("node_modules/.installed"));
        write(folder.resolve("web/dist/assets.json"));
        install("mvn", "printf '%s\\n' \"$@\" >" + folder.resolve("maven-arguments"));
    }

    /// Makes the fake Maven write Surefire's report of one class, from the next run on.
    private void addReport(String module, String name, String numbers) throws IOException {
        addReport(module, name, "0.1", numbers);
    }

    private void addReport(String module, String name, String seconds, String numbers) throws IOException {
        var reports = folder.resolve(module).resolve("target/surefire-reports");
        var maven = folder.resolve("bin/mvn");
        Files.writeString(
                maven, Files.readString(maven) + """
                        mkdir -p %s
                        echo '<testsuite name="%s" time="%s" %s>' > %s/TEST-%s.xml
                        """.formatted(reports, name, seconds, numbers, reports, name));
    }

    /// Surefire writes one report per class and engine into one file per class. With two engines, the second report
    /// would replace the first, and the summary line would miss its tests.
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
