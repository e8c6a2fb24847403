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
import dev.breakwater.registry.scanning.ScanAll;
import dev.breakwater.registry.scanning.ScannableStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Scans of images, and what they found (registry.md 1.8, 1.10). Without a scanner there is nothing of it. */
public final class ScanHandlers {

    private final Database database;
    private final TimeSource time;
    private final Scanner scanner;
    private final ScanAll all;

    /** Answers with what these know. */
    public ScanHandlers(Database database, TimeSource time, Scanner scanner) {
        this.database = database;
        this.time = time;
        this.scanner = scanner;
        this.all = new ScanAll(database, scanner);
    }

    /** {@code POST …/tags/{tag}/scan}. */
    public Answer scan(Call call, Rights rights) {
        requireScanner();
        database.transact(handle -> {
            Project project = Checks.projectOf(handle, call.pathParameter("repo_name"));
            Checks.require(handle, rights, project, Checks.SCAN);
            TagHandlers.Found found = TagHandlers.find(handle, call);
            ScannableStore.find(handle, found.tagged().manifestId())
                    .ifPresent(
                            image -> all.request(handle, image, rights.caller().name()));
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
            all.request(id.getAsLong(), rights.caller().name());
        } else {
            Checks.requireAdministrator(rights);
            if (!database.transact(handle -> ScanStore.beginScanAll(handle, time.instant()))) {
                throw Refusal.precondition("Unable handle frequent scan all requests");
            }
            all.request(null, rights.caller().name());
        }
        return Texts.done(202);
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
            ScannableStore.Image image = ScannableStore.find(handle, id).orElseThrow(() -> unknown(id));
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
