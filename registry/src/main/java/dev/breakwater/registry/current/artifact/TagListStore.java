package dev.breakwater.registry.current.artifact;

import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.manifest.Tag;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Lists of the tags on an artifact, narrowed and sorted in any way that the API offers. */
final class TagListStore {

    private static final RowMapper<Tag> TAG = ConstructorMapper.of(Tag.class);

    static final Columns COLUMNS = new Columns("t.id")
            .number("id", "t.id")
            .number("artifact_id", "t.manifest_id")
            .number("repository_id", "t.repository_id")
            .text("name", "t.name")
            .time("push_time", "t.pushed_at")
            .time("pull_time", "t.pulled_at");

    private static final String FROM = " FROM registry.tag t WHERE t.manifest_id = :manifest";

    private TagListStore() {}

    static List<Tag> list(Handle handle, long manifest, Condition condition, String order, Page page) {
        return condition
                .bind(handle.createQuery("SELECT t.id, t.repository_id, t.name, t.manifest_id, t.pushed_at, t.pulled_at"
                        + FROM + condition.sql() + order + " LIMIT :limit OFFSET :offset"))
                .bind("manifest", manifest)
                .bind("limit", page.size())
                .bind("offset", page.offset())
                .map(TAG)
                .list();
    }

    static long count(Handle handle, long manifest, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .bind("manifest", manifest)
                .mapTo(Long.class)
                .one();
    }
}
