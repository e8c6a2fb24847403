package dev.breakwater.registry.classic.user;

import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.tenancy.UserProfile;

/** A user as the 2017 API shows one (registry.md 1.4). Secrets are members of it that never hold anything. */
record UserView(
        long userId,
        String username,
        String email,
        String password,
        String realname,
        String comment,
        int deleted,
        String roleName,
        int roleId,
        int hasAdminRole,
        String resetUuid,
        String creationTime,
        String updateTime) {

    static UserView of(UserProfile user) {
        return new UserView(
                user.number(),
                user.username(),
                user.email() == null ? "" : user.email(),
                "",
                user.name(),
                user.comment(),
                0,
                "",
                0,
                user.administrator() ? 1 : 0,
                "",
                WireTime.text(user.createdAt()),
                WireTime.text(user.updatedAt()));
    }
}
