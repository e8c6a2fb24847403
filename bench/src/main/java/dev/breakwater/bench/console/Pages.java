package dev.breakwater.bench.console;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The main pages, each by an address at which there is much to show. */
final class Pages {

    private Pages() {}

    /** Names and addresses; those of single things are found on the lists. */
    static Map<String, String> of(Visit visit) throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("Home", "/");
        pages.put("events", "/events");
        pages.put("events of one type", "/events?type=invoice.*");
        pages.put("events, 40 pages on", older(visit, "/events", 40));
        pages.put("event", visit.find("/events?type=order.shipped", "href=\"(/events/evt_[^\"]+)\""));
        pages.put("webhooks", "/webhooks");
        pages.put("webhook", visit.find("/webhooks", "href=\"(/webhooks/wh_[^\"]+)\""));
        pages.put("deliveries", "/deliveries");
        pages.put("deliveries that failed", "/deliveries?status=failed");
        pages.put("delivery", visit.find("/deliveries", "href=\"(/deliveries/del_[^\"]+)\""));
        pages.put("count of what would be replayed", "/deliveries/replay?status=failed");
        pages.put("API keys", "/settings/keys");
        pages.put("workspaces", "/settings/workspaces");
        pages.put("members", "/settings/members");
        pages.put("audit log", "/settings/audit");
        pages.put("audit log of one request", "/settings/audit?request=req_999");
        pages.put("projects", "/projects");
        pages.put("repositories of a project", "/projects/library");
        String repository = visit.find("/projects/library", "href=\"(/projects/library/repositories/service-[^\"]+)\"");
        pages.put("artifacts of a repository", repository);
        pages.put("artifacts with a tag", repository + "?search=v1.0.9");
        pages.put("artifact", visit.find(repository, "href=\"(/projects/library/repositories/[^\"]+@[^\"]+)\""));
        pages.put("artifacts of a repository", "/projects/library/repositories/service-001");
        pages.put(
                "artifact",
                visit.find(
                        "/projects/library/repositories/service-001",
                        "href=\"(/projects/library/repositories/service-001@[^\"]+)\""));
        return pages;
    }

    private static String older(Visit visit, String path, int pages) throws IOException {
        String address = path;
        for (int i = 0; i < pages; i++) {
            address = visit.find(address, "href=\"([^\"]+)\" rel=\"next\"");
        }
        return address;
    }
}
