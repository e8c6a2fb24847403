package dev.breakwater.registry.label;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The tables of labels and of who bears them. */
public final class LabelStore {

    /** The columns of a label, of a table or alias {@code l}. */
    public static final String COLUMNS =
            "l.id, l.project_id, l.name, l.description, l.color, l.created_at, l.updated_at";

    /** Reads {@link #COLUMNS}. */
    public static final RowMapper<Label> LABEL = ConstructorMapper.of(Label.class);

    private LabelStore() {}

    /** Adds a label and gives its number; empty when the name is taken. */
    public static OptionalLong insert(
            Handle handle, @Nullable Long project, String name, String description, String color, Instant now) {
        return handle.createQuery("INSERT INTO registry.label"
                        + " (project_id, name, description, color, created_at, updated_at)"
                        + " VALUES (:project, :name, :description, :color, :now, :now)"
                        + " ON CONFLICT DO NOTHING RETURNING id")
                .bind("project", project)
                .bind("name", name)
                .bind("description", description)
                .bind("color", color)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** The label with this number. */
    public static Optional<Label> find(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM registry.label l WHERE l.id = :id")
                .bind("id", id)
                .map(LABEL)
                .findOne();
    }

    /** Changes what a label says; false when another of the same scope has the name. */
    public static boolean update(Handle handle, Label label) {
        return handle.createUpdate("UPDATE registry.label l SET name = :name, description = :description,"
                                + " color = :color, updated_at = :updatedAt WHERE l.id = :id AND NOT EXISTS ("
                                + "SELECT FROM registry.label o WHERE o.id <> l.id AND o.name = :name"
                                + " AND o.project_id IS NOT DISTINCT FROM l.project_id)")
                        .bindMethods(label)
                        .execute()
                == 1;
    }

    /** Deletes a label; those who bore it bear it no more. */
    public static void delete(Handle handle, long id) {
        handle.execute("DELETE FROM registry.label WHERE id = ?", id);
    }

    /** The labels of some manifests, by manifest, in the order of their names. */
    public static Map<Long, List<Label>> ofManifests(Handle handle, Collection<Long> manifests) {
        Map<Long, List<Label>> labels = new HashMap<>();
        handle.createQuery("SELECT b.manifest_id, " + COLUMNS + " FROM registry.manifest_label b"
                        + " JOIN registry.label l ON l.id = b.label_id WHERE b.manifest_id = ANY (:manifests)"
                        + " ORDER BY l.name, l.id")
                .bindArray("manifests", Long.class, manifests)
                .map((row, context) -> Map.entry(row.getLong("manifest_id"), LABEL.map(row, context)))
                .forEach(borne -> labels.computeIfAbsent(borne.getKey(), any -> new ArrayList<>())
                        .add(borne.getValue()));
        return labels;
    }

    /** Attaches a label to a manifest; false when it bears it already. */
    public static boolean attach(Handle handle, long manifest, long label, Instant now) {
        return handle.execute(
                        "INSERT INTO registry.manifest_label (manifest_id, label_id, attached_at) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        manifest,
                        label,
                        now)
                == 1;
    }

    /** Takes a label off a manifest; false when it does not bear it. */
    public static boolean detach(Handle handle, long manifest, long label) {
        return handle.execute(
                        "DELETE FROM registry.manifest_label WHERE manifest_id = ? AND label_id = ?", manifest, label)
                == 1;
    }

    /** Deletes the labels of a project. */
    static void deleteOfProject(Handle handle, long project) {
        handle.execute("DELETE FROM registry.label WHERE project_id = ?", project);
    }
}
