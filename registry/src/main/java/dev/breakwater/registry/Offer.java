package dev.breakwater.registry;

import dev.breakwater.registry.artifact.ImageConfigs;
import dev.breakwater.registry.people.Admission;
import dev.breakwater.registry.people.ArtifactDetails;
import dev.breakwater.registry.people.PeopleActivity;
import dev.breakwater.registry.people.PeopleArtifacts;
import dev.breakwater.registry.people.PeopleDeletions;
import dev.breakwater.registry.people.PeopleLog;
import dev.breakwater.registry.people.PeopleMembers;
import dev.breakwater.registry.people.PeopleProjects;
import dev.breakwater.registry.people.PeopleQuotas;
import dev.breakwater.registry.people.PeopleRepositories;
import dev.breakwater.registry.people.PeopleRobots;
import dev.breakwater.registry.project.Members;

/** What pages are offered over the features, to people who are admitted. */
final class Offer {

    private final Registry.Parts parts;
    private final Features features;
    private final Admission admission;

    Offer(Registry.Parts parts, Features features) {
        this.parts = parts;
        this.features = features;
        admission = new Admission(parts.database(), features.configuration, parts.users(), parts.access());
    }

    /** All of it. */
    Registers build() {
        return new Registers(
                new PeopleActivity(parts.database(), admission, parts.time()),
                new PeopleProjects(parts.database(), admission, features.configuration, features.projects),
                new PeopleRepositories(
                        parts.database(),
                        admission,
                        features.changes,
                        features.upkeep.deletions(),
                        parts.audit(),
                        parts.time()),
                new PeopleArtifacts(
                        parts.database(),
                        admission,
                        features.changes,
                        features.immutableRules,
                        new ArtifactDetails(new ImageConfigs(parts.blobs()), features.immutableRules)),
                new PeopleDeletions(parts.database(), admission, features.upkeep.deletions(), parts.audit()),
                new PeopleMembers(parts.database(), admission, parts.users(), new Members(parts.audit(), parts.time())),
                new PeopleRobots(parts.database(), admission, features.robots),
                features.upkeep.retention(admission),
                features.upkeep.immutableTags(admission),
                new PeopleQuotas(parts.database(), admission, features.configuration, features.quotas, parts.audit()),
                new PeopleLog(parts.database(), admission),
                features.upkeep.collections(admission),
                features.upkeep.storage(admission));
    }
}
