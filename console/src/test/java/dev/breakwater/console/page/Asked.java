package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Call;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A request that is only an address. */
final class Asked {

    private Asked() {}

    static Query query(String address) {
        return new Query(call(address));
    }

    private static Call call(String address) {
        URI uri = URI.create(address);
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        return (Call) Proxy.newProxyInstance(
                Asked.class.getClassLoader(),
                new Class<?>[] {Call.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "path" -> uri.getRawPath();
                    case "rawQuery" -> query;
                    case "query" ->
                        Arrays.stream(query.split("&", -1))
                                .filter(pair -> pair.startsWith(arguments[0] + "="))
                                .map(pair -> URLDecoder.decode(
                                        pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8))
                                .findFirst();
                    default -> throw new AssertionError("Nobody was to ask for " + method);
                });
    }
}
