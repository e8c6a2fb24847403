package dev.breakwater.acceptance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house, as far as bytecode shows them. */
class HouseRulesTest {

    private static final String ROOT = "dev.breakwater";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    /** Grows by a module with each capability that is built. */
    private static final List<String> MODULES =
            List.of("kernel", "tenancy", "events", "registry", "console", "postgres", "server");

    private static final Set<String> PLAIN_CONNECTIONS = Set.of(
            ROOT + ".events.paging.Cursors",
            ROOT + ".events.idempotency.Idempotency",
            ROOT + ".events.delivery.Presence",
            ROOT + ".events.event.EventRetention",
            ROOT + ".server.Platform");

    @Test
    void the_product_is_what_is_looked_at() {
        Set<String> modules = new TreeSet<>();
        PRODUCT.forEach(type -> modules.add(type.getPackageName().split("\\.", -1)[2]));

        assertThat(modules).containsExactlyInAnyOrderElementsOf(MODULES);
    }

    @Test
    void the_kernel_knows_nobody() {
        noClasses()
                .that(resideInAPackage(ROOT + ".kernel.."))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(outside("kernel")))
                .check(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenancy", "events", "registry", "console"})
    void a_capability_knows_others_by_their_root_package_only(String module) {
        noClasses()
                .that(resideInAPackage(ROOT + "." + module + ".."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + ".*.*..").and(outside(module)).and(outside("kernel")))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage(ROOT + ".server..", ROOT + ".postgres.."))
                .check(PRODUCT);
    }

    @Test
    void tenancy_knows_no_capability() {
        noClasses()
                .that(resideInAPackage(ROOT + ".tenancy.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + ".events..", ROOT + ".registry.."))
                .check(PRODUCT);
    }

    private static DescribedPredicate<JavaClass> outside(String module) {
        return DescribedPredicate.not(resideInAPackage(ROOT + "." + module + ".."));
    }

    @Test
    void features_form_no_cycles() {
        slices().matching(ROOT + ".(*).(*)..").should().beFreeOfCycles().check(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.current", "registry.classic"})
    void the_parts_of_a_surface_form_no_cycles(String surface) {
        slices().matching(ROOT + "." + surface + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(PRODUCT);
    }

    @Test
    void packages_are_named_after_features() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..common..", "..manager..", "..impl..", "..dto..", "..helper..")
                .check(PRODUCT);
    }

    @Test
    void the_time_is_read_in_one_place() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".kernel.time..")
                .should()
                .accessTargetWhere(DescribedPredicate.describe("it is a clock or sleeps", HouseRulesTest::isClock))
                .check(PRODUCT);
    }

    private static boolean isClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.lang.Thread" -> name.equals("sleep");
            case "java.util.Date" -> name.equals("<init>");
            default -> owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"));
        };
    }

    @Test
    void only_the_command_line_writes_to_the_console() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ROOT + ".server.command.."))
                        .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("Main"))))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("it is the console", HouseRulesTest::isConsole))
                .check(PRODUCT);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(PRODUCT);
    }

    private static boolean isConsole(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(System.class)
                && Set.of("out", "err").contains(access.getTarget().getName());
    }

    @Test
    void nothing_static_changes() {
        fields().that()
                .haveModifier(STATIC)
                .and()
                .doNotHaveModifier(SYNTHETIC)
                .should()
                .haveModifier(FINAL)
                .andShould()
                .notHaveRawType(resideInAPackage("java.util.concurrent.atomic.."))
                .check(PRODUCT);
    }

    @Test
    void no_array_can_be_changed_from_outside() {
        List<String> open = PRODUCT.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(STATIC)
                        && field.getRawType().isArray()
                        && !field.getModifiers().contains(SYNTHETIC)
                        && !field.getModifiers().contains(JavaModifier.PRIVATE))
                .map(JavaField::getFullName)
                .toList();

        assertThat(open).isEmpty();
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : PRODUCT) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(type.getPackageName());
            }
        }

        assertThat(unmarked).isEmpty();
    }

    /** JDBC itself is for stores, backups, and those who need a plain connection for speed or for its session. */
    @Test
    void jdbc_is_used_where_sql_is_kept() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(
                                ROOT + ".kernel.db..", ROOT + ".postgres..", ROOT + ".server.backup.."))
                        .and(DescribedPredicate.not(DescribedPredicate.describe("hold SQL", HouseRulesTest::holdsSql))))
                .should()
                .dependOnClassesThat(resideInAPackage("java.sql..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("SQLException"))))
                .check(PRODUCT);
    }

    private static boolean holdsSql(JavaClass type) {
        String outer = type.getFullName().replaceFirst("\\$.*", "");
        return outer.endsWith("Store") || outer.endsWith("Sql") || PLAIN_CONNECTIONS.contains(outer);
    }
}
