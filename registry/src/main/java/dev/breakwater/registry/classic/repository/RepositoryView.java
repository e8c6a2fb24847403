package dev.breakwater.registry.classic.repository;

import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.registry.repository.Repository;

/** A repository as the 2017 API shows it (registry.md 1.4). Nobody can give stars any more. */
record RepositoryView(
        long id,
        String name,
        long projectId,
        String description,
        long pullCount,
        int starCount,
        long tagsCount,
        String creationTime,
        String updateTime) {

    static RepositoryView of(Repository repository) {
        return new RepositoryView(
                repository.id(),
                repository.name(),
                repository.projectId(),
                repository.description(),
                repository.pullCount(),
                0,
                repository.tagCount(),
                WireTime.text(repository.createdAt()),
                WireTime.text(repository.updatedAt()));
    }
}
