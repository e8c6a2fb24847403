package dev.breakwater.acceptance.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestWatcher;

/** Watches every test of the run, and writes {@code target/contract-coverage.txt} when the last one has ended. */
public final class ContractCoverage implements TestWatcher, BeforeAllCallback {

    private static final Path FILE = Path.of("target", "contract-coverage.txt");

    /** The report of a run; the root store closes it at the end. */
    private record Run(CoverageReport report) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(FILE, report.text());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        run(context);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, true);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        note(context, false);
    }

    private static void note(ExtensionContext context, boolean success) {
        Optional<Proves> proves = context.getTestMethod().map(method -> method.getAnnotation(Proves.class));
        proves.ifPresent(cited -> run(context).report().note(cited.contract(), cited.lines(), success));
    }

    private static Run run(ExtensionContext context) {
        Store store = context.getRoot().getStore(Namespace.create(ContractCoverage.class));
        return store.computeIfAbsent(Run.class, key -> new Run(new CoverageReport()), Run.class);
    }
}
