package org.undersigned.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// To which addresses a foreign server can make this server send requests.
final class OutboundPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://social.example.org/inbox",
                "https://social.example.org:8443/inbox",
                "https://me:secret@social.example.org/inbox",
                "https://127.0.0.1/inbox",
                "https://[::1]/inbox",
                "https://localhost/inbox",
                "https://2130706433/inbox",
                "https://0x7f.1/inbox",
                "ftp://social.example.org/inbox",
                "file:///etc/passwd",
            })
    void suchAnAddressIsNeverAskedOnTheInternet(String address) {
        assertThat(OutboundPolicy.INTERNET.allows(URI.create(address))).isFalse();
    }

    @Test
    void anOrdinaryHttpsAddressIsAllowed() {
        assertThat(OutboundPolicy.INTERNET.allows(URI.create("https://social.example.org/inbox")))
                .isTrue();
        assertThat(OutboundPolicy.INTERNET.allows(URI.create("https://social.example.org:443/users/ada?x=y")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
            })
    void noAddressOfTheOwnNetworkIsConnectedTo(String address) throws Exception {
        assertThat(OutboundPolicy.INTERNET.allows(InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "192.0.1.1", "198.20.0.1", "2606:4700::1111"})
    void aPublicIpAddressIsAllowed(String address) throws Exception {
        assertThat(OutboundPolicy.INTERNET.allows(InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void theDemonstrationLeavesThisMachineNever() throws Exception {
        assertThat(OutboundPolicy.LOOPBACK.allows(InetAddress.getByName("127.0.0.1")))
                .isTrue();
        assertThat(OutboundPolicy.LOOPBACK.allows(InetAddress.getByName("8.8.8.8")))
                .isFalse();
        assertThat(OutboundPolicy.LOOPBACK.allows(InetAddress.getByName("10.0.0.1")))
                .isFalse();
    }

    @Test
    void aConnectionIsRefusedByWhatTheNameLeadsTo() {
        var outbound = new OutboundClient(OutboundPolicy.LOOPBACK, URI.create("http://localhost:1"));

        for (var address : new String[] {"http://10.255.255.1/", "http://[2001:db8::1]:80/"}) {
            assertThatThrownBy(() -> outbound.get(URI.create(address), Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("requests to this address are not allowed");
        }
    }
}
