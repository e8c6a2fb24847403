package dev.breakwater.registry;

/**
 * What the registry offers to pages.
 *
 * @param activity in organizations
 * @param projects of organizations
 * @param repositories of projects
 * @param artifacts of repositories
 * @param deletions that can be undone
 * @param members of projects
 * @param robots of projects and of the system
 * @param retention what projects keep
 * @param immutableTags which tags stay as they are
 * @param quotas how much projects may store
 * @param log what happened in projects
 * @param collections of what nothing refers to
 * @param storage whether it is sound
 */
public record Registers(
        RegistryActivity activity,
        ProjectRegister projects,
        RepositoryRegister repositories,
        ArtifactRegister artifacts,
        DeletionLog deletions,
        ProjectMembers members,
        RobotRegister robots,
        RetentionPolicies retention,
        ImmutableTagRules immutableTags,
        ProjectQuotas quotas,
        ProjectLog log,
        CollectionRegister collections,
        StorageReports storage) {}
