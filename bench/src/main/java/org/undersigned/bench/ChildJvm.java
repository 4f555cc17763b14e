package org.undersigned.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a part of the bench in a separate Java virtual machine.
final class ChildJvm {
    private ChildJvm() {}

    /// @param flags options of the virtual machine
    /// @return the words of the last line that it printed
    /// @throws IOException if it failed
    static String[] run(List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        flags.stream().filter(flag -> !flag.isEmpty()).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) throw new IOException(main.getSimpleName() + " failed");
        return said.substring(said.lastIndexOf('\n') + 1).split(" ");
    }
}
