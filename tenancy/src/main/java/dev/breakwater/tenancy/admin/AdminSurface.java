package dev.breakwater.tenancy.admin;

import dev.breakwater.kernel.http.EnvelopeDialect;
import dev.breakwater.kernel.http.Gate;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.tenancy.AdminRoutes;
import dev.breakwater.tenancy.audit.AuditHandlers;
import dev.breakwater.tenancy.organization.OrganizationHandlers;
import dev.breakwater.tenancy.role.RoleHandlers;
import dev.breakwater.tenancy.serviceaccount.ServiceAccountHandlers;
import dev.breakwater.tenancy.token.ApiKeyHandlers;
import dev.breakwater.tenancy.user.PersonalTokenHandlers;
import dev.breakwater.tenancy.user.SessionHandlers;
import dev.breakwater.tenancy.user.UserHandlers;
import java.util.List;

/** The routes of the admin API (events.md 14), with what other capabilities add to them. */
public final class AdminSurface {

    private static final int MAX_BODY = 64 * 1024;

    private AdminSurface() {}

    /** The handlers of this module's own routes. */
    public record Handlers(
            SessionHandlers sessions,
            OrganizationHandlers organizations,
            UserHandlers users,
            PersonalTokenHandlers tokens,
            ServiceAccountHandlers serviceAccounts,
            ApiKeyHandlers apiKeys,
            RoleHandlers roles,
            AuditHandlers audit) {}

    /** Everything but signing in lies behind the gate. */
    public static Surface build(Gate gate, Handlers handlers, List<AdminRoutes> added) {
        Surface.Builder surface = Surface.named("admin", new EnvelopeDialect())
                .prefix(AdminRoutes.PREFIX)
                .maxBody(MAX_BODY)
                .route("POST", path("/sessions"), handlers.sessions()::signIn)
                .gate(gate)
                .route("GET", path("/sessions"), handlers.sessions()::current)
                .route("DELETE", path("/sessions"), handlers.sessions()::signOut)
                .route("GET", path("/organizations"), handlers.organizations()::list)
                .route("POST", path("/organizations"), handlers.organizations()::create)
                .route("GET", path("/organizations/{id}"), handlers.organizations()::get)
                .route("PATCH", path("/organizations/{id}"), handlers.organizations()::update)
                .route("GET", path("/users"), handlers.users()::list)
                .route("POST", path("/users"), handlers.users()::create)
                .route("GET", path("/users/{id}"), handlers.users()::get)
                .route("PATCH", path("/users/{id}"), handlers.users()::update)
                .route("DELETE", path("/users/{id}"), handlers.users()::delete)
                .route("PUT", path("/users/{id}/password"), handlers.users()::setPassword)
                .route("GET", path("/tokens"), handlers.tokens()::list)
                .route("POST", path("/tokens"), handlers.tokens()::create)
                .route("DELETE", path("/tokens/{id}"), handlers.tokens()::revoke)
                .route("GET", path("/service_accounts"), handlers.serviceAccounts()::list)
                .route("POST", path("/service_accounts"), handlers.serviceAccounts()::create)
                .route("DELETE", path("/service_accounts/{id}"), handlers.serviceAccounts()::delete)
                .route("GET", path("/service_accounts/{id}/tokens"), handlers.serviceAccounts()::listTokens)
                .route("POST", path("/service_accounts/{id}/tokens"), handlers.serviceAccounts()::createToken)
                .route("DELETE", path("/service_accounts/{id}/tokens/{token}"), handlers.serviceAccounts()::revokeToken)
                .route("GET", path("/api_keys"), handlers.apiKeys()::list)
                .route("POST", path("/api_keys"), handlers.apiKeys()::create)
                .route("DELETE", path("/api_keys/{id}"), handlers.apiKeys()::revoke)
                .route("GET", path("/roles"), handlers.roles()::roles)
                .route("GET", path("/role_assignments"), handlers.roles()::list)
                .route("POST", path("/role_assignments"), handlers.roles()::create)
                .route("DELETE", path("/role_assignments/{id}"), handlers.roles()::delete)
                .route("GET", path("/audit"), handlers.audit()::list);
        added.forEach(routes -> routes.addTo(surface));
        return surface.build();
    }

    private static String path(String rest) {
        return AdminRoutes.PREFIX + rest;
    }
}
