package org.undersigned.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.undersigned.server.instance.Instance;
import org.undersigned.server.platform.startup.StartupFailure;
import org.undersigned.server.support.CommandRun;
import org.undersigned.server.support.TestCluster;
import org.undersigned.server.support.TestInstance;

/// Start and stop of an instance, and the one-line message when it cannot start.
final class StartupTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void unpackedPrograms() {
        TestCluster.linkPrograms(directory);
    }

    @Test
    void aStoppedInstanceLeavesNoProcessAndStartsAgainWithItsRecord() {
        String first;
        try (var instance = Instance.start(TestInstance.config(directory, 0))) {
            assertThat(instance.port()).isPositive();
            first = key();
            assertThat(ourPostgres()).isPositive();
        }
        assertThat(ourPostgres()).isZero();

        try (var instance = Instance.start(TestInstance.config(directory, 0))) {
            assertThat(instance.port()).isPositive();
            assertThat(key()).isEqualTo(first);
        }
        assertThat(ourPostgres()).isZero();
    }

    private String key() {
        try {
            return Files.readString(directory.resolve("master.key"));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private long ourPostgres() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .count();
    }

    @Test
    void aMissingMasterKeyIsReportedAndNotReplaced() throws Exception {
        Instance.start(TestInstance.config(directory, 0)).close();
        var key = directory.resolve("master.key");
        Files.delete(key);

        assertThatThrownBy(() -> Instance.start(TestInstance.config(directory, 0)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(key + " is missing")
                .hasMessageNotContaining("\n");
        assertThat(key).doesNotExist();
    }

    @Test
    void aCommandWithAnotherMasterKeyChangesNothingOfARunningInstance() throws Exception {
        try (var instance = TestInstance.ofDemonstration().start()) {
            var environment = Map.of(
                    "DATABASE_URL", instance.databaseUrl(),
                    "DATABASE_USER", "postgres",
                    "DATABASE_PASSWORD", instance.databasePassword("postgres"),
                    "UNDERSIGNED_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]));
            var file = directory.resolve("out.json");

            CommandRun.of(environment, "export", "campaign", "sanctuary-campus", file.toString())
                    .isRefused("with another master key");

            assertThat(file).doesNotExist();
            instance.databaseAs("site").close(); // the login's password is unchanged
            instance.databaseAs("roll").close();
        }
    }

    @Test
    void aSecondInstanceOnTheSameDataIsRefusedInOneLine() {
        try (var first = Instance.start(TestInstance.config(directory, 0))) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> Instance.start(TestInstance.config(directory, 0)))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("another instance is running on " + directory)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aTakenPortIsSaidInOneLineAndEverythingIsStoppedAgain() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> Instance.start(TestInstance.config(directory, taken.getLocalPort())))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--port");
        }
        assertThat(ourPostgres()).isZero();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidInOneLine() throws Exception {
        var file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Instance.start(TestInstance.config(file.resolve("data"), 0)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("is not writable")
                .hasMessageContaining("--data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve | set SMTP_HOST",
                "serve --port x | PORT must be a port number",
                "serve --port | missing required parameter for option '--port'",
                "dance | unmatched argument at index 0: 'dance'",
                "demo --loud | unknown option: '--loud'",
                "import herbs | unmatched argument at index 1: 'herbs'",
            })
    void aWrongSettingIsSaidInOneLine(String command, String says) {
        CommandRun.of(Map.of(), command.split(" ")).isRefused(says);
    }

    @Test
    void aPasswordInTheDatabaseAddressIsRefusedWithoutBeingShown() {
        var environment = Map.of(
                "SMTP_HOST", "mail.example.org",
                "MAIL_FROM", "codes@example.org",
                "PUBLIC_URL", "https://sign.example.org",
                "DATABASE_URL", "postgresql://me:hunter2@db.example.org/undersigned");

        var run = CommandRun.of(environment, "serve").isRefused("DATABASE_PASSWORD");
        assertThat(run.err()).doesNotContain("hunter2");
    }
}
