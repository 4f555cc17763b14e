package org.undersigned.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.undersigned.privacypass.Client;
import org.undersigned.privacypass.Issuer;
import org.undersigned.privacypass.Token;
import org.undersigned.privacypass.blindrsa.InvalidSignature;
import org.undersigned.privacypass.blindrsa.RsaProvider;

/// Issues and verifies tokens on one core, with Corretto's provider or with the JDK's.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RsaBench {
    @Param({"corretto", "jdk"})
    public String provider = "";

    /// Counts an iteration's operations and the processor time of its thread.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Spent {
        public long operations;
        public long nanos;

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long before;

        @Setup(Level.Iteration)
        public void begin() {
            operations = 0;
            before = threads.getCurrentThreadCpuTime();
        }

        @TearDown(Level.Iteration)
        public void end() {
            nanos = threads.getCurrentThreadCpuTime() - before;
        }
    }

    private final Issuer issuer = Issuer.generate();
    private byte[] blinded = new byte[0];
    private Token token = Token.parse(emptyToken());

    private static byte[] emptyToken() {
        var bytes = new byte[Token.SIZE];
        bytes[1] = 2;
        return bytes;
    }

    @Setup
    public void draw() throws InvalidSignature {
        if (RsaProvider.corretto().isPresent() != provider.equals("corretto")) {
            throw new IllegalStateException("not " + provider + "'s provider");
        }
        var pending = new Client(new SecureRandom()).blind(issuer.publicKey(), new byte[32], new byte[32]);
        blinded = pending.blinded();
        token = pending.finish(issuer.publicKey(), issuer.sign(blinded));
    }

    @Benchmark
    public byte[] issue(Spent spent) {
        spent.operations++;
        return issuer.sign(blinded);
    }

    @Benchmark
    public boolean verify(Spent spent) {
        spent.operations++;
        return token.verify(issuer.publicKey());
    }
}
