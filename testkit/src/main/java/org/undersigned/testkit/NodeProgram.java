package org.undersigned.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A program under `interop/`, run by Node. It writes one response line for each request line.
public final class NodeProgram implements AutoCloseable {
    private final Process process;
    private final Writer requests;
    private final BufferedReader responses;

    private NodeProgram(Process process) {
        this.process = process;
        requests = process.outputWriter(StandardCharsets.UTF_8);
        responses = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param name the file's name; Maven runs a module's tests in the module's folder, next to `interop/`
    public static NodeProgram start(String name) throws IOException {
        var folder = Path.of("..", "interop").toAbsolutePath().normalize();
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            throw new IOException("run `npm ci` in interop/, or ./undersigned test, which does");
        }
        return new NodeProgram(new ProcessBuilder("node", name)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// @param line the request, without a line break
    /// @return the program's response
    /// @throws IOException if the program ended
    public String ask(String line) throws IOException {
        requests.write(line + "\n");
        requests.flush();
        var answer = responses.readLine();
        if (answer == null) throw new IOException("the program ended instead of answering");
        return answer;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
