package dev.breakwater.registry.classic.repository;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.ReplicationIds;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.project.Project;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Scans of images, and what they found (registry.md 1.8, 1.10). Without a scanner there is nothing of it. */
public final class ScanHandlers {

    private static final int BATCH = 500;

    private final Database database;
    private final TimeSource time;
    private final Scanner scanner;

    /** Answers with what these know. */
    public ScanHandlers(Database database, TimeSource time, Scanner scanner) {
        this.database = database;
        this.time = time;
        this.scanner = scanner;
    }

    /** {@code POST …/tags/{tag}/scan}. */
    public Answer scan(Call call, Rights rights) {
        requireScanner();
        database.transact(handle -> {
            Project project = Checks.projectOf(handle, call.pathParameter("repo_name"));
            Checks.require(handle, rights, project, Checks.SCAN);
            TagHandlers.Found found = TagHandlers.find(handle, call);
            ScanStore.find(handle, found.tagged().manifestId()).ifPresent(image -> request(handle, image, rights));
            return true;
        });
        return Texts.done();
    }

    /** {@code POST /api/repositories/scanAll}: of one project, or of all for administrators and not too often. */
    public Answer scanAll(Call call, Rights rights) {
        requireScanner();
        Checks.requireKnown(rights);
        Optional<String> text = call.query("project_id");
        if (text.isPresent()) {
            OptionalLong id = Numbers.parse(text.get());
            if (id.isEmpty() || id.getAsLong() < 1) {
                throw Refusal.invalid("Invalid project_id " + text.get());
            }
            database.query(handle -> Checks.require(handle, rights, id.getAsLong(), Level.ALL));
            scanTagged(id.getAsLong(), rights);
        } else {
            Checks.requireAdministrator(rights);
            if (!database.transact(handle -> ScanStore.beginScanAll(handle, time.instant()))) {
                throw Refusal.precondition("Unable handle frequent scan all requests");
            }
            scanTagged(null, rights);
        }
        return Texts.done(202);
    }

    private void scanTagged(@Nullable Long project, Rights rights) {
        long after = 0;
        while (true) {
            long from = after;
            List<ScanStore.Image> batch = database.transact(handle -> {
                List<ScanStore.Image> images = ScanStore.tagged(handle, project, from, BATCH);
                images.forEach(image -> request(handle, image, rights));
                return images;
            });
            if (batch.size() < BATCH) {
                return;
            }
            after = batch.getLast().manifestId();
        }
    }

    private void request(Handle handle, ScanStore.Image image, Rights rights) {
        if (scanner.supports(image.mediaType(), image.configType())) {
            scanner.request(handle, image.target(rights.caller().name()));
        }
    }

    /** {@code GET …/tags/{tag}/vulnerability/details}. */
    public Answer vulnerabilities(Call call, Rights rights) {
        requireScanner();
        return PrettyJson.answer(database.query(handle -> {
            TagHandlers.Found found = TagHandlers.require(handle, call, rights, Level.READ);
            return scanner
                    .report(handle, found.tagged().digest().toString())
                    .map(Scanner.Report::vulnerabilities)
                    .orElse(List.of())
                    .stream()
                    .map(ScanView.Vulnerability::of)
                    .toList();
        }));
    }

    /** {@code GET /api/jobs/scan/{id}/log}. */
    public Answer log(Call call, Rights rights) {
        Checks.requireKnown(rights);
        long id = ReplicationIds.of(call);
        return Texts.text(200, database.query(handle -> {
            ScanStore.Image image = ScanStore.find(handle, id).orElseThrow(() -> unknown(id));
            Checks.require(handle, rights, image.projectId(), Level.READ);
            return Optional.ofNullable(
                            scanner.overviews(handle, List.of(image.digest())).get(image.digest()))
                    .map(overview -> scanner.log(handle, image.digest(), overview.reportId())
                            .orElse(""))
                    .orElseThrow(() -> unknown(id));
        }));
    }

    private static RuntimeException unknown(long id) {
        return Refusal.notFoundPlain("job " + id + " not found");
    }

    private void requireScanner() {
        if (scanner.about().isEmpty()) {
            throw Refusal.noScanner();
        }
    }
}
