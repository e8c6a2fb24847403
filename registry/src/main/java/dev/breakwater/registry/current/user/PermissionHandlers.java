package dev.breakwater.registry.current.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Matrix;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.project.Project;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** {@code /permissions} and {@code /users/current/permissions} (registry.md 3.2). */
public final class PermissionHandlers {

    private static final Pattern PROJECT = Pattern.compile("/project/([0-9]{1,18})/?");
    private static final String SYSTEM = "/system";

    private final Database database;

    /** Answers with what these know. */
    public PermissionHandlers(Database database) {
        this.database = database;
    }

    /** {@code GET /permissions}: what robots can be granted. */
    public Answer grantable(Call call, Rights rights) {
        Checks.known(rights);
        return new Shape()
                .list("system", Shape.each(Matrix.grantableInSystem(), permission -> shape(permission, "")))
                .list("project", Shape.each(Matrix.grantableInProject(), permission -> shape(permission, "")))
                .answer();
    }

    /** {@code GET /users/current/permissions}: what the caller may do in a scope. */
    public Answer own(Call call, Rights rights) {
        Checks.known(rights);
        String scope = call.query("scope").orElse("");
        boolean relative = Numbers.isOn(call, "relative", false);
        Matcher project = PROJECT.matcher(scope);
        if (project.matches()) {
            long id = Long.parseLong(project.group(1));
            String prefix = relative ? "" : "/project/" + id + "/";
            return database.query(handle -> {
                Project found = Checks.project(handle, id, rights, Resource.PROJECT, Action.READ);
                return answer(rights.inProject(handle, found), prefix);
            });
        }
        if (!scope.isEmpty() && !scope.equals("/") && !scope.equals(SYSTEM)) {
            throw new Failure.Invalid("invalid scope: " + scope);
        }
        return answer(rights.inSystem(), relative ? "" : SYSTEM + "/");
    }

    private static Answer answer(List<Permission> permissions, String prefix) {
        return Shape.answer(Shape.list(Shape.each(permissions, permission -> shape(permission, prefix))));
    }

    private static JsonNode shape(Permission permission, String prefix) {
        return new Shape()
                .text("resource", prefix + permission.resource().label())
                .text("action", permission.action().label())
                .build();
    }
}
