package dev.breakwater.console.page;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a page says about the change that led to it. Addresses name it by a code, so that nobody can make a page say
 * anything else.
 */
public enum Notice {
    /** The session is over. */
    SIGNED_OUT("You are signed out."),
    /** All sessions are over. */
    SIGNED_OUT_EVERYWHERE("You are signed out on every device."),
    /** The session had ended before the form came. */
    SESSION_ENDED("Your session had ended, so nothing was changed. Sign in, then try again."),
    /** A new password holds. */
    PASSWORD_CHANGED("Your password is changed. Your other devices are signed out."),
    /** An event was posted by hand. */
    EVENT_POSTED("The event is posted. Its deliveries appear below."),
    /** A test is on its way. */
    TEST_SENT("The test is sent. This page shows how it goes."),
    /** A webhook has changed. */
    WEBHOOK_SAVED("The webhook is saved."),
    /** A webhook takes part again. */
    WEBHOOK_ENABLED("The webhook is active: new events are delivered to it."),
    /** A webhook takes no part. */
    WEBHOOK_DISABLED("The webhook is disabled: deliveries to it are held."),
    /** A webhook is gone. */
    WEBHOOK_DELETED("The webhook is deleted. Its delivery log stays readable."),
    /** A delivery goes out again. */
    REPLAYED("The delivery is sent again. This page shows how it goes."),
    /** A key works no longer. */
    KEY_REVOKED("The key is revoked. It is refused from now on."),
    /** A workspace is new. */
    WORKSPACE_CREATED("The workspace is made."),
    /** A workspace has changed. */
    WORKSPACE_SAVED("The workspace is saved."),
    /** Somebody is new in the organization. */
    MEMBER_ADDED("The role is given."),
    /** Somebody lost a role. */
    MEMBER_REMOVED("The role is taken back."),
    /** A project is new. */
    PROJECT_CREATED("The project is made. Push the first image into it."),
    /** A project has changed. */
    PROJECT_SAVED("The project is saved."),
    /** A project is gone. */
    PROJECT_DELETED("The project is deleted. Its name is free again."),
    /** A repository is described. */
    REPOSITORY_SAVED("The description is saved."),
    /** A repository is gone. */
    REPOSITORY_DELETED("The repository is deleted. It can still be brought back: see below."),
    /** An artifact is gone. */
    ARTIFACT_DELETED("The artifact is deleted. It can still be brought back: see below."),
    /** A tag is new. */
    TAG_ADDED("The tag is added."),
    /** A tag is gone. */
    TAG_DELETED("The tag is deleted. The artifact stays, and the tag can still be brought back."),
    /** Something that was deleted is there again. */
    DELETION_UNDONE("It is there again."),
    /** Somebody is new in a project. */
    PROJECT_MEMBER_ADDED("The member is added."),
    /** Somebody has another role in a project. */
    PROJECT_MEMBER_CHANGED("The role is changed."),
    /** Somebody is no member of a project any more. */
    PROJECT_MEMBER_REMOVED("The member is removed."),
    /** A robot may do something else. */
    ROBOT_SAVED("The robot is saved. What it may do now holds from its next token on."),
    /** A robot signs in again. */
    ROBOT_ENABLED("The robot is enabled: it can sign in again."),
    /** A robot signs in no more. */
    ROBOT_DISABLED("The robot is disabled: it is refused from now on."),
    /** A robot is gone. */
    ROBOT_DELETED("The robot is deleted. It is refused from now on."),
    /** Rules or times of retention have changed. */
    RETENTION_SAVED("What the project keeps is saved. A dry run shows what that means."),
    /** A rule of retention is in force. */
    RETENTION_RULE_ENABLED("The rule is in force."),
    /** A rule of retention is out of force. */
    RETENTION_RULE_DISABLED("The rule is out of force."),
    /** A rule of retention is gone. */
    RETENTION_RULE_REMOVED("The rule is removed."),
    /** A run is asked to end. */
    RUN_STOPPING("The run was asked to stop and ends soon."),
    /** A rule of immutable tags has changed. */
    IMMUTABLE_RULE_SAVED("The rule is saved and in force."),
    /** A rule of immutable tags is in force. */
    IMMUTABLE_RULE_ENABLED("The rule is in force: its tags cannot be moved or removed."),
    /** A rule of immutable tags is out of force. */
    IMMUTABLE_RULE_DISABLED("The rule is out of force: its tags can be moved and removed."),
    /** A rule of immutable tags is gone. */
    IMMUTABLE_RULE_DELETED("The rule is deleted: its tags can be moved and removed."),
    /** A limit has changed. */
    QUOTA_SAVED("The limit is saved."),
    /** The times of collections have changed. */
    COLLECTION_SCHEDULED("When collections run is saved."),
    /** All blobs are read. */
    SCRUB_BEGUN("All blobs are being read. This page shows what is found."),
    /** The store is compared. */
    COMPARISON_BEGUN("The store is being compared. This page shows what is found.");

    private final String text;

    Notice(String text) {
        this.text = text;
    }

    /** What people read. */
    public String text() {
        return text;
    }

    /** How addresses name it. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Optional<Notice> of(Optional<String> code) {
        return code.flatMap(text ->
                Arrays.stream(values()).filter(each -> each.code().equals(text)).findFirst());
    }
}
