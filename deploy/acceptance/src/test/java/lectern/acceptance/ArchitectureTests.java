package lectern.acceptance;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

import org.springframework.context.Lifecycle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The directions that the packages keep, and what no code may do. */
class ArchitectureTests {

	/** Each keeps what it has subscribed to and ends it; see the rule about them. */
	private static final Set<String> LIFECYCLE_OWNERS = Set.of("lectern.streaming.postgreslog.LogNotifications",
			"lectern.streaming.log.BackgroundLoop", "lectern.streaming.live.Hub",
			"lectern.streaming.replay.ReplayService", "lectern.streaming.server.HeartbeatScheduler",
			"lectern.streaming.server.SseServer", "lectern.gateway.stream.FanOutStreams",
			"lectern.streaming.postgreslog.DurabilityCheck", "lectern.catalog.seed.CatalogSeeder",
			"lectern.catalog.importing.RunningImports", "lectern.progress.account.StartupInitializer",
			"lectern.progress.eventlog.GroupCommit", "lectern.progress.eventlog.StoredResponseCleaner");

	/** Subscribes only for who has subscribed to it, and cancels with it. */
	private static final Set<String> DELEGATING_SUBSCRIBERS = Set.of("lectern.gateway.stream.RelayedStream");

	private static final JavaClasses MAIN_CLASSES = Modules.mainClasses();

	private static final JavaClasses TEST_CLASSES = Modules.testClasses();

	@Test
	void packagesAreFreeOfCycles() {
		assertRule(slices().matching("lectern.(**)").should().beFreeOfCycles());
	}

	@Test
	void servicesShareOnlyLibraries() {
		assertRule(slices().matching("lectern.(*)..")
			.namingSlices("$1")
			.should()
			.notDependOnEachOther()
			.ignoreDependency(resideInAnyPackage("lectern.."),
					resideInAnyPackage("lectern.web..", "lectern.streaming.."))
			.because("what two services share, both must release together"));
	}

	@Test
	void librariesDoNotDependOnServices() {
		assertRule(noClasses().that()
			.resideInAnyPackage("lectern.web..", "lectern.streaming..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.catalog..", "lectern.progress..", "lectern.gateway..", "lectern.launcher..",
					"lectern.bench.."));
		assertRule(noClasses().that()
			.resideInAnyPackage("lectern.web..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.streaming..")
			.because("the gateway has problems and tokens, but no log"));
	}

	@Test
	void modelDependsOnJdkOnly() {
		assertRule(noClasses().that()
			.resideInAPackage("lectern.progress.model..")
			.should()
			.dependOnClassesThat(resideOutsideOfPackages("lectern.progress.model..", "java..", "org.jspecify.."))
			.because("rules of reading are tried and read without a framework"));
	}

	@Test
	void forecastDependsOnJdkOnly() {
		assertRule(noClasses().that()
			.resideInAPackage("lectern.progress.forecast..")
			.should()
			.dependOnClassesThat(resideOutsideOfPackages("lectern.progress.forecast..", "java..", "org.jspecify.."))
			.because("it is tried on readers who never were, without a service"));
	}

	@Test
	void eventLogDoesNotDependOnModel() {
		assertRule(noClasses().that()
			.resideInAPackage("lectern.progress.eventlog..")
			.should()
			.dependOnClassesThat(progressPackagesExcept("lectern.progress.eventlog.."))
			.because("another log can take its place, and its torture needs no readers"));
	}

	@Test
	void projectionPackageDoesNotDependOnReadModels() {
		assertRule(noClasses().that()
			.resideInAPackage("lectern.progress.projection..")
			.should()
			.dependOnClassesThat(
					progressPackagesExcept("lectern.progress.projection..", "lectern.progress.eventlog..")));
	}

	@Test
	void commandAndQueryPackagesAreIndependent() {
		assertRule(noClasses().that()
			.resideInAPackage("lectern.progress.command..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.progress.query..", "lectern.progress.stream.."));
		assertRule(noClasses().that()
			.resideInAPackage("lectern.progress.query..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.progress.command..", "lectern.progress.stream.."));
	}

	@Test
	void streamPackageDependsOnLogAndQueriesOnly() {
		assertRule(noClasses().that()
			.resideInAPackage("lectern.progress.stream..")
			.should()
			.dependOnClassesThat(progressPackagesExcept("lectern.progress.stream..", "lectern.progress.query..",
					"lectern.progress.eventlog..", "lectern.progress.representation..",
					"lectern.progress.pathprogress.."))
			.because("a stream changes nothing and decides nothing"));
	}

	@Test
	void catalogFeaturesDoNotDependBackwards() {
		assertRule(noClasses().that()
			.resideInAPackage("lectern.catalog.change..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.catalog.book..", "lectern.catalog.search..", "lectern.catalog.learningpath..",
					"lectern.catalog.importing..", "lectern.catalog.export..")
			.because("every feature writes into the log of changes, which knows none of them"));
		assertRule(noClasses().that()
			.resideInAPackage("lectern.catalog.book..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.catalog.search..", "lectern.catalog.learningpath..",
					"lectern.catalog.importing..", "lectern.catalog.export.."));
	}

	@Test
	void mainCodeDoesNotBlockOnPublishers() {
		assertRule(noClasses().that(useReactor())
			.should()
			.accessTargetWhere(CallPredicates.thatBlock())
			.because("a thread that waits serves nobody"));
	}

	@Test
	void onlyLifecycleOwnersSubscribe() {
		assertRule(noClasses().that(useReactor())
			.and(haveNameOutside(LIFECYCLE_OWNERS))
			.and(haveNameOutside(DELEGATING_SUBSCRIBERS))
			.should()
			.accessTargetWhere(CallPredicates.thatSubscribe())
			.because("whoever subscribes must keep the subscription and end it"));
	}

	@Test
	void lifecycleOwnersSubscribeAndAreStopped() {
		assertThat(MAIN_CLASSES.stream().map(JavaClass::getName)).containsAll(LIFECYCLE_OWNERS);
		assertRule(classes().that(haveNameIn(LIFECYCLE_OWNERS))
			.should()
			.beAssignableTo(Lifecycle.class)
			.orShould()
			.beAssignableTo("org.springframework.beans.factory.DisposableBean")
			.because("what is subscribed to ends with the service"));
		assertRule(classes().that(haveNameIn(LIFECYCLE_OWNERS)).should(subscribe()));
	}

	@Test
	void classNamesContainNoTechnicalSuffix() {
		assertRule(noClasses().should()
			.haveNameMatching(".*(Impl|Dto|DTO|(?<!Process)Manager|Helper|Utils?|Port|Adapter)")
			.orShould()
			.haveNameMatching(".*\\.(Reactive|Async|Abstract)[^.]*"));
	}

	@Test
	void testsWaitWithTimeout() {
		ArchRule rule = noClasses().should()
			.accessTargetWhere(CallPredicates.thatWaitWithoutBound())
			.because("a test that hangs says less than one that fails");
		rule.check(TEST_CLASSES);
	}

	@Test
	void noCodeCallsThreadSleep() {
		ArchRule rule = noClasses().should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(Thread.class, "sleep", java.time.Duration.class)
			.because("a sleep is either too short or too long: wait for what is awaited");
		rule.check(TEST_CLASSES);
		rule.check(MAIN_CLASSES);
	}

	private static void assertRule(ArchRule rule) {
		rule.allowEmptyShould(false).check(MAIN_CLASSES);
	}

	private static DescribedPredicate<JavaClass> progressPackagesExcept(String... packages) {
		return resideInAnyPackage("lectern.progress..").and(resideOutsideOfPackages(packages))
			.as("other packages of progress");
	}

	/** The launcher and the bench have threads of their own, and serve nobody. */
	private static DescribedPredicate<JavaClass> useReactor() {
		return resideOutsideOfPackages("lectern.launcher..", "lectern.bench..").as("have Reactor in them");
	}

	private static DescribedPredicate<JavaClass> haveNameIn(Set<String> names) {
		return DescribedPredicate.describe("are lifecycle owners", (type) -> names.contains(type.getName()));
	}

	/** What stands inside an owner, a lambda or a nested class, is a part of it. */
	private static DescribedPredicate<JavaClass> haveNameOutside(Set<String> names) {
		return DescribedPredicate.describe("are none of " + names.size() + " that may", (type) -> names.stream()
			.noneMatch((name) -> type.getName().equals(name) || type.getName().startsWith(name + "$")));
	}

	private static ArchCondition<JavaClass> subscribe() {
		return new ArchCondition<>("subscribe") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean subscribes = MAIN_CLASSES.stream()
					.filter((part) -> part.getName().equals(type.getName())
							|| part.getName().startsWith(type.getName() + "$"))
					.flatMap((part) -> part.getAccessesFromSelf().stream())
					.anyMatch((JavaAccess<?> access) -> CallPredicates.thatSubscribe().test(access));
				events.add(new SimpleConditionEvent(type, subscribes,
						type.getName() + (subscribes ? " subscribes" : " does not subscribe: take it off the list")));
			}
		};
	}

}
