package org.undersigned.testkit;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/// The Java example of a module's README, compiled and run unchanged.
///
/// @param statements the number of its statements, without its imports
/// @param prints     the lines that it printed
/// @param promised   the lines that it should print: the text after `// ` on each line with a `println`
public record ReadmeExample(int statements, List<String> prints, List<String> promised) {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROMISE = Pattern.compile("println\\(.*// (.*)");

    public ReadmeExample {
        prints = List.copyOf(prints);
        promised = List.copyOf(promised);
    }

    /// Runs the first ` ```java ` block of `readme`: its imports, then its statements.
    ///
    /// @throws AssertionError if there is no such block, or it does not compile
    public static ReadmeExample run(Path readme) throws IOException, ReflectiveOperationException {
        var block = BLOCK.matcher(Files.readString(readme));
        if (!block.find()) throw new AssertionError(readme + " has no Java example");
        var lines = block.group(1).lines().toList();
        var promised = PROMISE.matcher(block.group(1))
                .results()
                .map(found -> found.group(1).strip())
                .toList();
        var compiled = compile(source(lines));
        return new ReadmeExample(compiled.statements(), output(compiled.classes()), promised);
    }

    private static String source(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"))
                + "\nclass Example { public static void main(String[] arguments) throws Exception {\n"
                + lines.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"))
                + "\n}}\n";
    }

    private record Compiled(int statements, Path classes) {}

    private static Compiled compile(String source) throws IOException {
        var directory = Files.createTempDirectory("readme");
        var file = Files.writeString(directory.resolve("Example.java"), source);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options =
                    List.of("-cp", System.getProperty("java.class.path"), "-proc:none", "-d", directory.toString());
            var task =
                    (JavacTask) compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file));
            var statements = statements(task.parse().iterator().next());
            task.generate();
            if (!Files.exists(directory.resolve("Example.class"))) throw new AssertionError(messages.toString());
            return new Compiled(statements, directory);
        }
    }

    private static int statements(CompilationUnitTree unit) {
        var example = (ClassTree) unit.getTypeDecls().getFirst();
        var main = (MethodTree) example.getMembers().getFirst();
        return main.getBody().getStatements().size();
    }

    private static List<String> output(Path classes) throws IOException, ReflectiveOperationException {
        var printed = new ByteArrayOutputStream();
        var standard = System.out;
        try (var loader = new URLClassLoader(new java.net.URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            var main = loader.loadClass("Example").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the example throws", e.getCause());
        } finally {
            System.setOut(standard);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
