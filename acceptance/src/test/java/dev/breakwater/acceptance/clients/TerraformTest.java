package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Terraform with the provider for Harbor, which takes what it reads for wrong unless it is what it wrote. */
@WithServer
class TerraformTest {

    private static final String PROJECT = """
            resource "harbor_project" "pier" {
              name                   = "pier"
              public                 = false
              vulnerability_scanning = false
              storage_quota          = 5
            }
            """;
    private static final String ROBOT = """
            resource "harbor_robot_account" "crane" {
              name        = "crane"
              description = "lifts images"
              level       = "project"
              duration    = 30
              permissions {
                kind      = "project"
                namespace = harbor_project.pier.name
                access {
                  action   = "pull"
                  resource = "repository"
                }
                access {
                  action   = "push"
                  resource = "repository"
                }
              }
            }
            """;
    private static final String RULES = """
            resource "harbor_retention_policy" "pier" {
              scope    = harbor_project.pier.id
              schedule = "Daily"
              rule {
                most_recently_pushed = 5
                repo_matching        = "**"
                tag_matching         = "{latest,snapshot}"
              }
              rule {
                n_days_since_last_pull = 10
                repo_matching          = "**"
                tag_matching           = "v*"
              }
            }

            resource "harbor_immutable_tag_rule" "pier" {
              project_id    = harbor_project.pier.id
              repo_matching = "**"
              tag_matching  = "v2.*"
            }

            resource "harbor_label" "pier" {
              name        = "reviewed"
              color       = "#FF0000"
              description = "Somebody has read it"
              project_id  = harbor_project.pier.id
            }

            resource "harbor_label" "everywhere" {
              name  = "urgent"
              color = "#00FF00"
            }
            """;
    private static final String CONFIGURATION = """
            resource "harbor_config_system" "main" {
              project_creation_restriction = "adminonly"
              token_expiration             = 45
              robot_token_expiration       = 60
              storage_per_project          = 100
            }
            """;

    private final TestServer server;
    private final Path folder;
    private final Tool terraform;

    TerraformTest(TestServer server, @TempDir Path folder) throws IOException {
        this.server = server;
        this.folder = folder;
        Tool provider = Tool.named("terraform-provider-harbor").assumeInstalled();
        Files.writeString(folder.resolve("terraform.rc"), """
                provider_installation {
                  dev_overrides {
                    "goharbor/harbor" = "%s"
                  }
                  direct {}
                }
                """.formatted(
                        provider.place().orElseThrow().getParent()));
        terraform = new RegistryHost(server, folder)
                .client("terraform")
                .in(folder)
                .env("TF_CLI_CONFIG_FILE", folder.resolve("terraform.rc").toString())
                .env("CHECKPOINT_DISABLE", "1")
                .within(Duration.ofMinutes(2));
    }

    @Test
    void a_project_with_rules_is_applied_stable_and_destroyed() throws IOException {
        assertRoundTrip(PROJECT + RULES);
    }

    @Test
    void a_robot_is_applied_stable_and_destroyed() throws IOException {
        assertRoundTrip(PROJECT + ROBOT);
    }

    @Test
    void a_change_is_applied_in_place() throws IOException {
        write(PROJECT + RULES);
        terraform.run("apply", "-auto-approve", "-input=false", "-no-color");

        write((PROJECT + RULES)
                .replace("= false", "= true")
                .replace("= 5", "= 7")
                .replace("#FF0000", "#0000FF"));
        String changed = terraform
                .run("apply", "-auto-approve", "-input=false", "-no-color")
                .text();

        assertThat(changed).contains("0 to add", "0 to destroy");
        assertNothingToDo();
        terraform.run("destroy", "-auto-approve", "-input=false", "-no-color");
    }

    @Test
    void the_configuration_is_applied_and_stable() throws IOException {
        assertRoundTrip(CONFIGURATION);
    }

    private void assertRoundTrip(String resources) throws IOException {
        write(resources);
        terraform.run("apply", "-auto-approve", "-input=false", "-no-color");
        assertNothingToDo();
        terraform.run("destroy", "-auto-approve", "-input=false", "-no-color");
        assertThat(terraform.run("state", "list").text()).isEmpty();
    }

    private void assertNothingToDo() {
        Tool.Outcome plan = terraform.attempt("plan", "-detailed-exitcode", "-input=false", "-no-color");
        assertThat(plan.exit()).as("0 is an empty plan: %s", plan.all()).isZero();
    }

    private void write(String resources) throws IOException {
        Files.writeString(
                folder.resolve("main.tf"),
                """
                terraform {
                  required_providers {
                    harbor = {
                      source = "goharbor/harbor"
                    }
                  }
                }

                provider "harbor" {
                  url      = "%s"
                  username = "%s"
                  password = "%s"
                }

                """.formatted(server.url(), RegistryHost.USER, RegistryHost.PASSWORD) + resources);
    }
}
