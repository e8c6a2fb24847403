package dev.breakwater.bench.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The facts about this machine without which no figure means anything. */
public final class Machine {

    private static final int WRITES = 200;
    private static final int PAGE = 8 * 1024;

    private Machine() {}

    /** What is true of the machine as a whole. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "Machine",
                "%d cores, %s, %s".formatted(Runtime.getRuntime().availableProcessors(), processor(), memory()));
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("JDK", System.getProperty("java.vm.vendor") + " " + Runtime.version());
        return facts;
    }

    /**
     * The file system below {@code folder} and how long it takes to make one page durable, as a median of
     * {@value #WRITES} appended pages of 8 KiB.
     */
    public static String disk(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "durable", ".bin");
        long[] nanos = new long[WRITES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            for (int i = 0; i < WRITES; i++) {
                long start = System.nanoTime();
                channel.write(page.clear());
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "%s, 8 KiB made durable in %.2f ms (median)",
                Files.getFileStore(folder).type(),
                nanos[WRITES / 2] / 1e6);
    }

    private static String processor() {
        Path info = Path.of("/proc/cpuinfo");
        try {
            if (Files.isReadable(info)) {
                for (String line : Files.readAllLines(info)) {
                    if (line.startsWith("model name")) {
                        return line.substring(line.indexOf(':') + 1).strip();
                    }
                }
            }
        } catch (IOException e) {
            // The architecture will do.
        }
        return System.getProperty("os.arch");
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? String.format(Locale.ROOT, "%.1f GB of memory", system.getTotalMemorySize() / 1e9)
                : "memory unknown";
    }
}
