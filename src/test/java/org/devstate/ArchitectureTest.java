// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.state.StateTable;

/** The shape of the code, see src/site/markdown/architecture.md. */
@AnalyzeClasses(packages = "org.devstate", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String CORE = "org.devstate.core..";
    private static final String STORE = "org.devstate.sql..";
    private static final String TIGASE_HOST = "org.devstate.tigase..";
    private static final String COMPONENT_HOST = "org.devstate.component..";
    private static final String CTL = "org.devstate.ctl..";
    private static final String SERVE = "org.devstate.serve..";
    private static final String MANUAL = "org.devstate.manual..";
    private static final String FORMS = "org.devstate.core.admin.form";

    private static final Set<String> TIME_AND_THREADS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.lang.Thread.<init>",
            "java.lang.Object.wait",
            "java.util.Calendar.getInstance",
            "java.util.GregorianCalendar.<init>",
            "java.util.Date.<init>",
            "java.util.Timer.<init>",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil");

    private static final String ROOT = "org.devstate";
    private static final String FUNCTIONS = "java.util.function";
    private static final int MOST_PARAMETERS = 5;

    /** Each package with those that it may use, from the lowest to the highest. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            mayUse("settings"),
            mayUse("model"),
            mayUse("limits", "model"),
            mayUse("protocol", "model"),
            mayUse("policy", "settings", "model", "limits"),
            mayUse("spi", "model", "protocol"),
            mayUse("validation", "model", "protocol"),
            mayUse("state", "model", "limits"),
            mayUse("store", "model", "spi"),
            mayUse("stats", "model", "validation"),
            mayUse("nodes", "model", "protocol", "policy", "validation", "state"),
            mayUse("operatorlog", "model", "protocol", "policy", "spi", "stats"),
            mayUse("delivery", "model", "limits", "protocol", "policy", "spi", "stats"),
            mayUse(
                    "entries",
                    "model",
                    "limits",
                    "protocol",
                    "policy",
                    "spi",
                    "validation",
                    "state",
                    "store",
                    "stats",
                    "operatorlog",
                    "delivery"),
            mayUse(
                    "sessions",
                    "model",
                    "policy",
                    "spi",
                    "state",
                    "store",
                    "stats",
                    "operatorlog",
                    "delivery",
                    "entries"),
            mayUse(
                    "replication",
                    "model",
                    "protocol",
                    "policy",
                    "spi",
                    "validation",
                    "state",
                    "store",
                    "operatorlog",
                    "entries",
                    "sessions"),
            mayUse(
                    "requests",
                    "model",
                    "protocol",
                    "policy",
                    "spi",
                    "validation",
                    "state",
                    "stats",
                    "nodes",
                    "operatorlog",
                    "delivery",
                    "entries",
                    "sessions"),
            mayUse(
                    "admin",
                    "settings",
                    "model",
                    "protocol",
                    "policy",
                    "spi",
                    "validation",
                    "state",
                    "store",
                    "stats",
                    "operatorlog",
                    "delivery",
                    "entries",
                    "sessions",
                    "requests"),
            mayUse(
                    "core",
                    "model",
                    "limits",
                    "protocol",
                    "policy",
                    "spi",
                    "state",
                    "store",
                    "stats",
                    "nodes",
                    "operatorlog",
                    "delivery",
                    "entries",
                    "sessions",
                    "replication",
                    "requests",
                    "admin"),
            mayUse("sql", "model", "spi", "store"),
            mayUse(
                    "tigase",
                    "settings",
                    "model",
                    "protocol",
                    "policy",
                    "spi",
                    "store",
                    "stats",
                    "nodes",
                    "replication",
                    "sessions",
                    "admin",
                    "core",
                    "sql"),
            mayUse(
                    "component",
                    "settings",
                    "model",
                    "protocol",
                    "policy",
                    "spi",
                    "store",
                    "nodes",
                    "sessions",
                    "admin",
                    "core",
                    "sql"),
            mayUse("ctl", "admin"),
            mayUse("serve", "admin", "policy", "ctl"),
            mayUse("manual", "component", "ctl"));

    private static Map.Entry<String, Set<String>> mayUse(String name, String... others) {
        return Map.entry(name, Set.of(others));
    }

    private static final Set<String> TABLE_CHANGES = Set.of(
            "put", "restore", "endByNonCachable", "replaceIf", "makeRoom", "dropAwaited", "forget", "forgetQuietly");

    @ArchTest
    static final ArchRule theCoreNeedsNothingButTheJdkAndItself = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", CORE);

    @ArchTest
    static final ArchRule theCoreHasNoClockAndNoThreadsOfItsOwn = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .accessTargetWhere(tellsTimeOrRunsThreads())
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.InstantSource");

    @ArchTest
    static final ArchRule theCoreDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio.channels..", "java.nio.file..", "java.sql..", "javax..");

    @ArchTest
    static final ArchRule theStoreNeedsNothingButTheJdkAndTheCore = classes()
            .that()
            .resideInAPackage(STORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", CORE, STORE);

    @ArchTest
    static final ArchRule nothingInTheCoreDependsOnTheFacade = noClasses()
            .that()
            .resideInAPackage("org.devstate.core.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.devstate.core");

    /** One write path: whatever changes an entry goes through it, so that nothing is stored without being persisted and sent. */
    @ArchTest
    static final ArchRule onlyTheEntryRecorderLetsNotificationsLeave = noClasses()
            .that()
            .resideOutsideOfPackage("org.devstate.core.delivery..")
            .and()
            .doNotBelongToAnyOf(EntryRecorder.class)
            .should()
            .callMethodWhere(describe(
                    "lets notifications leave",
                    call -> call.getTargetOwner().isEquivalentTo(Subscriptions.class)
                            && call.getName().equals("flush")));

    @ArchTest
    static final ArchRule onlyTheEntryRecorderChangesTheTable = noClasses()
            .that()
            .resideOutsideOfPackages("org.devstate.core.entries..", "org.devstate.core.state..")
            .should()
            .callMethodWhere(describe(
                    "changes the table",
                    call -> call.getTargetOwner().isEquivalentTo(StateTable.class)
                            && TABLE_CHANGES.contains(call.getName())));

    /** A class that needs more has more than one role, or its parameters belong together. */
    @ArchTest
    static final ArchRule noConstructorOfTheCoreTakesMoreThanFiveParameters = constructors()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(CORE)
            .should(haveAtMostFiveParameters());

    /** A named interface shows what it is for, and who implements it. */
    @ArchTest
    static final ArchRule noConstructorTakesALambdaWithoutAName = noConstructors()
            .that()
            .areDeclaredInClassesThat(describe("have a name", each -> !each.isAnonymousClass()))
            .should()
            .haveRawParameterTypes(describe("a type of " + FUNCTIONS, types -> types.stream()
                    .anyMatch(type -> type.getPackageName().equals(FUNCTIONS))));

    @ArchTest
    static final ArchRule noFieldHoldsALambdaWithoutAName = noFields()
            .that()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .haveRawType(describe(
                    "a type of " + FUNCTIONS, type -> type.getPackageName().equals(FUNCTIONS)));

    /** The order of the layers, as in the map of packages. */
    @ArchTest
    static void eachPackageUsesOnlyThoseThatItMay(JavaClasses classes) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : classes) {
            String own = layer(each);
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String other = layer(target);
                boolean ours = target.getPackageName().startsWith(ROOT);
                if (ours
                        && !other.equals(own)
                        && !MAY_USE.getOrDefault(own, Set.of()).contains(other)) {
                    wrong.add(own + " uses " + other + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The package below {@code org.devstate}; of the core, that below {@code org.devstate.core}. */
    private static String layer(JavaClass type) {
        String below = below(ROOT, type.getPackageName());
        String ofTheCore = below(ROOT + ".core", type.getPackageName());
        return below.equals("core") && !ofTheCore.isEmpty() ? ofTheCore : below;
    }

    /** Each exact package is a slice, so that none uses one that uses it: not a subpackage its parent, nor two subpackages each other. */
    @ArchTest
    static final ArchRule noTwoPackagesUseEachOther =
            slices().matching("org.devstate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thePackagesOfTheCoreHaveNoCycles =
            slices().matching("org.devstate.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theTigaseHostDoesNotDependOnTheComponent = noClasses()
            .that()
            .resideInAPackage(TIGASE_HOST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    COMPONENT_HOST,
                    CTL,
                    "picocli..",
                    "com.google.gson..",
                    "com.typesafe..",
                    "org.slf4j..",
                    "org.jivesoftware..");

    @ArchTest
    static final ArchRule theComponentHostDoesNotDependOnTigase = noClasses()
            .that()
            .resideInAPackage(COMPONENT_HOST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TIGASE_HOST, CTL, "tigase..", "org.jivesoftware..");

    /** Forms are for both ends: the service writes them, and the command line reads them. */
    @ArchTest
    static final ArchRule formsNeedNothingButTheJdk = classes()
            .that()
            .resideInAPackage(FORMS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(FORMS, "java..", "org.jspecify..");

    /** It talks to the service as any client does, wherever that runs. */
    @ArchTest
    static final ArchRule theCommandLineUsesOnlyTheFormsOfTheCore = classes()
            .that()
            .resideInAPackage(CTL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CTL,
                    FORMS,
                    "java..",
                    "javax.net..",
                    "javax.security..",
                    "org.jspecify..",
                    "picocli..",
                    "com.typesafe..",
                    "com.google.gson..",
                    "org.yaml.snakeyaml..",
                    "org.jivesoftware..",
                    "org.jxmpp..");

    @ArchTest
    static final ArchRule theCommandLineHasNoCycles =
            slices().matching("org.devstate.ctl.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingLivesOutsideTheCoreAndItsHosts = classes()
            .that()
            .resideInAPackage("org.devstate..")
            .should()
            .resideInAnyPackage(CORE, STORE, TIGASE_HOST, COMPONENT_HOST, CTL, SERVE, MANUAL);

    /** The first part of a name below {@code root}; empty if there is none. */
    private static String below(String root, String name) {
        if (!name.startsWith(root + ".")) {
            return "";
        }
        String rest = name.substring(root.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static ArchCondition<JavaConstructor> haveAtMostFiveParameters() {
        return new ArchCondition<>("have at most " + MOST_PARAMETERS + " parameters") {
            @Override
            public void check(JavaConstructor constructor, ConditionEvents events) {
                int hidden = constructor.getOwner().isEnum() ? 2 : 0; // name and ordinal
                int count = constructor.getRawParameterTypes().size() - hidden;
                String message = constructor.getFullName() + " has " + count;
                events.add(new SimpleConditionEvent(constructor, count <= MOST_PARAMETERS, message));
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> tellsTimeOrRunsThreads() {
        return describe("tells time or runs threads", access -> {
            String target =
                    access.getTargetOwner().getName() + '.' + access.getTarget().getName();
            return TIME_AND_THREADS.contains(target) || (target.startsWith("java.time.") && target.endsWith(".now"));
        });
    }
}
