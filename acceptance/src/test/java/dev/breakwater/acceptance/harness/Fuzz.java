package dev.breakwater.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Sends many requests that were valid once: bytes flipped, cut, doubled and replaced. None may find a fault in the
 * server; that of a foreign version of HTTP, 505, is the sender's. A run is repeated with {@code -Dfuzz.seed=…}.
 */
public final class Fuzz {

    private static final int SENDERS = 8;

    private final URI server;
    private final List<String> tokens;
    private final Map<String, String> insertions;

    /**
     * Replaces parts of requests by these tokens.
     *
     * @param insertions what is put in the place of some texts at last, so that it is rarely changed itself: a
     *     credential, without which all requests would be refused for the same reason
     */
    public Fuzz(URI server, List<String> tokens, Map<String, String> insertions) {
        this.server = server;
        this.tokens = List.copyOf(tokens);
        this.insertions = Map.copyOf(insertions);
    }

    /** Sends so many requests, and returns how often each status was answered. */
    public Map<String, Integer> run(String name, int requests, List<byte[]> valid) throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println(name + ": seed " + seed);
        Map<String, Integer> statuses = new ConcurrentHashMap<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> running = IntStream.range(0, SENDERS)
                    .<Future<?>>mapToObj(sender -> senders.submit(() -> {
                        Random random = new Random(seed + sender);
                        for (int i = 0; i < requests / SENDERS; i++) {
                            byte[] request = mutate(valid.get(random.nextInt(valid.size())), random);
                            statuses.merge(send(insert(request)), 1, Integer::sum);
                        }
                        return sender;
                    }))
                    .toList();
            for (Future<?> each : running) {
                each.get();
            }
        }
        System.out.println(name + ": answers " + new TreeMap<>(statuses));
        assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(requests);
        return statuses;
    }

    private byte[] insert(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> insertion : insertions.entrySet()) {
            text = text.replace(insertion.getKey(), insertion.getValue());
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String send(byte[] request) throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            String answer;
            try {
                answer = connection.send(request).halfClose().readToEnd();
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("Neither an answer nor an end to " + shown(request), e);
            } catch (IOException e) {
                return "reset";
            }
            assertThat(answer)
                    .as("the answer to %s", shown(request))
                    .doesNotContainPattern("(^|\\n)HTTP/1\\.1 5(?!05)\\d\\d ");
            return answer.startsWith("HTTP/1.1 ") ? answer.substring(9, 12) : "closed";
        }
    }

    private static String shown(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1).replace("\r", "\\r");
    }

    private byte[] mutate(byte[] valid, Random random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = valid;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + random.nextInt(12));
            bytes = switch (random.nextInt(6)) {
                case 0 -> splice(bytes, at, at, tokens.get(random.nextInt(tokens.size())));
                case 1 -> splice(bytes, at, end, tokens.get(random.nextInt(tokens.size())));
                case 2 -> splice(bytes, at, end, "");
                case 3 -> join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
                case 4 -> flip(bytes, random);
                default -> bytes;
            };
        }
        return bytes;
    }

    private static byte[] flip(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] splice(byte[] bytes, int from, int to, String middle) {
        return join(
                join(Arrays.copyOf(bytes, from), middle.getBytes(StandardCharsets.UTF_8)),
                Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] join(byte[] left, byte[] right) {
        byte[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }
}
