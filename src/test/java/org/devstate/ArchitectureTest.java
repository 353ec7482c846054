package org.devstate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
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
            .resideInAnyPackage(CORE, STORE, TIGASE_HOST, COMPONENT_HOST, CTL);

    private static DescribedPredicate<JavaAccess<?>> tellsTimeOrRunsThreads() {
        return describe("tells time or runs threads", access -> {
            String target =
                    access.getTargetOwner().getName() + '.' + access.getTarget().getName();
            return TIME_AND_THREADS.contains(target) || (target.startsWith("java.time.") && target.endsWith(".now"));
        });
    }
}
