package dev.breakwater.registry.current.label;

import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.label.Label;
import dev.breakwater.registry.label.LabelStore;
import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Lists of labels, narrowed and sorted in any way that the API offers. */
final class LabelListStore {

    static final Columns COLUMNS = new Columns("l.id")
            .number("id", "l.id")
            .text("name", "l.name")
            .text("description", "l.description")
            .text("color", "l.color")
            .time("creation_time", "l.created_at")
            .time("update_time", "l.updated_at");

    private LabelListStore() {}

    static List<Label> list(Handle handle, Condition condition, String order, Page page) {
        return condition
                .bind(handle.createQuery("SELECT " + LabelStore.COLUMNS + " FROM registry.label l WHERE true"
                        + condition.sql() + order + " LIMIT :limit OFFSET :offset"))
                .bind("limit", page.size())
                .bind("offset", page.offset())
                .map(LabelStore.LABEL)
                .list();
    }

    static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*) FROM registry.label l WHERE true" + condition.sql()))
                .mapTo(Long.class)
                .one();
    }
}
