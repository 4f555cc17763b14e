package org.undersigned.server.platform.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The servers to which requests may be sent.
public enum OutboundPolicy {
    /// Every server on the Internet, by https and by name. Never an address of the own machine or network:
    /// otherwise a stranger could send requests there through this server (server-side request forgery).
    INTERNET,
    /// This machine only, for the demonstration and the tests.
    LOOPBACK;

    private static final int HTTPS = 443;
    private static final int BYTE = 0xff;

    /// True if a request to this address is allowed in principle. The IP address of its host is checked when the
    /// connection is made.
    public boolean allows(URI address) {
        var host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) return false;
        var secure = "https".equals(address.getScheme());
        if (this == LOOPBACK) return secure || "http".equals(address.getScheme());
        return secure && isName(host) && (address.getPort() == -1 || address.getPort() == HTTPS);
    }

    /// True for a name with a dot whose last part is not a number. (RFC 6761 names of the own network lead to
    /// addresses that are refused below.)
    private static boolean isName(@Nullable String host) {
        return host != null && host.matches("(?i)([a-z0-9-]+\\.)+[a-z][a-z0-9-]*");
    }

    /// True if a connection to this IP address is allowed.
    public boolean allows(InetAddress address) {
        if (this == LOOPBACK) return address.isLoopbackAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) return false;
        var bytes = address.getAddress();
        var a = bytes[0] & BYTE;
        var b = bytes[1] & BYTE;
        return address instanceof Inet4Address ? isPublic4(a, b, bytes[2] & BYTE) : isPublic6(a, b, bytes);
    }

    /// Applies the IPv4 special-purpose registry (RFC 6890), without the ranges that Java's own methods test.
    private static boolean isPublic4(int a, int b, int c) {
        if (a == 0 || a >= 240) return false;
        if (a == 100 && b >= 64 && b < 128) return false; // shared address space of providers
        if (a == 192 && b == 0 && (c == 0 || c == 2)) return false;
        if (a == 192 && b == 88 && c == 99) return false; // 6to4
        if (a == 198 && (b == 18 || b == 19 || (b == 51 && c == 100))) return false;
        return a != 203 || b != 0 || c != 113;
    }

    /// True for global unicast (2000::/3), except ranges that lead to IPv4 (Teredo, 6to4) or nowhere
    /// (documentation).
    private static boolean isPublic6(int a, int b, byte[] bytes) {
        if (a >> 5 != 1) return false;
        if (a == 0x20 && b == 0x02) return false;
        if (a == 0x20 && b == 0x01) {
            var c = bytes[2] & BYTE;
            return c >= 2 && (c != 0x0d || (bytes[3] & BYTE) != 0xb8);
        }
        return a != 0x3f || b != 0xff; // 3fff::/20, documentation
    }
}
