package dev.breakwater.tenancy;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** Requests without any content, for what only asks who is calling. */
final class Calls {

    private Calls() {}

    /** A request by this caller. */
    static Call by(Principal caller) {
        return (Call) Proxy.newProxyInstance(
                Calls.class.getClassLoader(),
                new Class<?>[] {Call.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "principal" -> caller;
                    case "clientAddress" -> "192.0.2.1";
                    case "requestId" -> "req_1";
                    case "header", "cookie" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
