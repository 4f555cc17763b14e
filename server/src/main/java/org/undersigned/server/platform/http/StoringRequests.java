package org.undersigned.server.platform.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.function.BooleanSupplier;

/// Refuses requests that store something, while there is no space for it. Everything that is public can be read.
public final class StoringRequests implements Filter {
    private final BooleanSupplier isSpaceLow;

    public StoringRequests(BooleanSupplier isSpaceLow) {
        this.isSpaceLow = isSpaceLow;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!isReading(request) && isSpaceLow.getAsBoolean()) throw Problem.notStoring();
        chain.proceed();
    }

    /// True if the request changes nothing.
    static boolean isReading(ServerRequest request) {
        var method = request.prologue().method();
        return method == Method.GET || method == Method.HEAD || method == Method.OPTIONS;
    }
}
