package dev.breakwater.acceptance.harness;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The names of this JVM: those below {@code .test} lead where a test says, and may lead elsewhere at each look-up; all
 * others are resolved as ever.
 */
public final class TestNames extends InetAddressResolverProvider {

    private static final Map<String, Name> NAMES = new ConcurrentHashMap<>();

    private record Name(List<List<InetAddress>> answers, AtomicInteger lookUps) {}

    /** From now on the name leads to these addresses. */
    public static void define(String name, List<InetAddress> answer) {
        define(name, answer, answer);
    }

    /** From now on the name leads to the first addresses once, and to the others ever after. */
    public static void define(String name, List<InetAddress> first, List<InetAddress> later) {
        NAMES.put(name, new Name(List.of(first, later), new AtomicInteger()));
    }

    /** How often the name has been looked up. */
    public static int lookUps(String name) {
        Name known = NAMES.get(name);
        return known == null ? 0 : known.lookUps().get();
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                Name known = NAMES.get(host);
                if (known == null) {
                    return builtin.lookupByName(host, policy);
                }
                int number = Math.min(
                        known.lookUps().getAndIncrement(), known.answers().size() - 1);
                return known.answers().get(number).stream();
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return builtin.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names of tests";
    }
}
