package org.undersigned.server.relay;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.undersigned.server.platform.startup.StartupFailure;

/// What the operator of a relay can set.
///
/// @param bind      address to listen on
/// @param data      the directory in which sealed requests wait
/// @param instances whose gateways this relay serves: addresses without a path
/// @param mixing    when requests go on
public record RelaySettings(String bind, int port, Path data, List<URI> instances, Mixing mixing) {
    /// When waiting requests go on.
    ///
    /// @param minBatch    so many go on together, and so many stay behind, at least
    /// @param longestWait after at most this time a request goes on in any case
    /// @param interval    between two looks
    public record Mixing(int minBatch, Duration longestWait, Duration interval) {}

    /// @throws StartupFailure if there is no instance, or an address is not that of an instance, or one is there twice
    public RelaySettings {
        instances = List.copyOf(instances);
        if (instances.isEmpty()) throw new StartupFailure("say for which instance with --for https://sign.example.org");
        var names = new HashSet<String>();
        for (var instance : instances) {
            var isWeb = "https".equals(instance.getScheme()) || "http".equals(instance.getScheme());
            var isPlain = instance.getHost() != null
                    && instance.getRawUserInfo() == null
                    && instance.getRawQuery() == null
                    && instance.getRawFragment() == null
                    && (instance.getRawPath().isEmpty() || instance.getRawPath().equals("/"));
            if (!isWeb || !isPlain) {
                throw new StartupFailure("an instance must be an address like https://sign.example.org");
            }
            if (!names.add(instance.getRawAuthority())) {
                throw new StartupFailure("the instance " + instance.getRawAuthority() + " is listed twice");
            }
        }
    }
}
