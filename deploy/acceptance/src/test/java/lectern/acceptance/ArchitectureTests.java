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
	private static final Set<String> LIFECYCLE_OWNERS = Set.of("lectern.streaming.postgres.Wakeups",
			"lectern.streaming.Following", "lectern.streaming.Hub", "lectern.streaming.Player",
			"lectern.streaming.Pulse", "lectern.streaming.Streams", "lectern.gateway.stream.SharedStreams",
			"lectern.streaming.postgres.DurabilityCheck", "lectern.catalog.seed.Seed",
			"lectern.catalog.importing.RunningImports", "lectern.progress.reader.Preparation",
			"lectern.progress.log.GroupCommit", "lectern.progress.log.AnswerExpiry");

	/** Subscribes only for who has subscribed to it, and cancels with it. */
	private static final Set<String> GO_BETWEENS = Set.of("lectern.gateway.stream.PersonalStream");

	private static final JavaClasses MAIN = Modules.main();

	private static final JavaClasses TESTS = Modules.tests();

	@Test
	void packagesAreFreeOfCycles() {
		hold(slices().matching("lectern.(**)").should().beFreeOfCycles());
	}

	@Test
	void servicesShareNothingButTheLibrariesAndHttp() {
		hold(slices().matching("lectern.(*)..")
			.namingSlices("$1")
			.should()
			.notDependOnEachOther()
			.ignoreDependency(resideInAnyPackage("lectern.."),
					resideInAnyPackage("lectern.web..", "lectern.streaming.."))
			.because("what two services share, both must release together"));
	}

	@Test
	void librariesKnowNothingOfBooksAndReaders() {
		hold(noClasses().that()
			.resideInAnyPackage("lectern.web..", "lectern.streaming..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.catalog..", "lectern.progress..", "lectern.gateway..", "lectern.local..",
					"lectern.bench.."));
		hold(noClasses().that()
			.resideInAnyPackage("lectern.web..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.streaming..")
			.because("the gateway has problems and tokens, but no log"));
	}

	@Test
	void theModelIsOfTheJdkAlone() {
		hold(noClasses().that()
			.resideInAPackage("lectern.progress.model..")
			.should()
			.dependOnClassesThat(resideOutsideOfPackages("lectern.progress.model..", "java..", "org.jspecify.."))
			.because("rules of reading are tried and read without a framework"));
	}

	@Test
	void theForecastIsOfTheJdkAlone() {
		hold(noClasses().that()
			.resideInAPackage("lectern.progress.forecast..")
			.should()
			.dependOnClassesThat(resideOutsideOfPackages("lectern.progress.forecast..", "java..", "org.jspecify.."))
			.because("it is tried on readers who never were, without a service"));
	}

	@Test
	void theLogDoesNotKnowWhatItsEventsMean() {
		hold(noClasses().that()
			.resideInAPackage("lectern.progress.log..")
			.should()
			.dependOnClassesThat(progressOtherThan("lectern.progress.log.."))
			.because("another log can take its place, and its torture needs no readers"));
	}

	@Test
	void whatKeepsViewsKnowsNoView() {
		hold(noClasses().that()
			.resideInAPackage("lectern.progress.projection..")
			.should()
			.dependOnClassesThat(progressOtherThan("lectern.progress.projection..", "lectern.progress.log..")));
	}

	@Test
	void commandsAndQueriesNeverMeet() {
		hold(noClasses().that()
			.resideInAPackage("lectern.progress.command..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.progress.query..", "lectern.progress.live.."));
		hold(noClasses().that()
			.resideInAPackage("lectern.progress.query..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.progress.command..", "lectern.progress.live.."));
	}

	@Test
	void streamsShowWhatIsLoggedAndViewed() {
		hold(noClasses().that()
			.resideInAPackage("lectern.progress.live..")
			.should()
			.dependOnClassesThat(progressOtherThan("lectern.progress.live..", "lectern.progress.query..",
					"lectern.progress.log..", "lectern.progress.document..", "lectern.progress.path.."))
			.because("a stream changes nothing and decides nothing"));
	}

	@Test
	void theCatalogStaysFlat() {
		hold(noClasses().that()
			.resideInAPackage("lectern.catalog.change..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.catalog.book..", "lectern.catalog.search..", "lectern.catalog.path..",
					"lectern.catalog.importing..", "lectern.catalog.export..")
			.because("every feature writes into the log of changes, which knows none of them"));
		hold(noClasses().that()
			.resideInAPackage("lectern.catalog.book..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("lectern.catalog.search..", "lectern.catalog.path..", "lectern.catalog.importing..",
					"lectern.catalog.export.."));
	}

	@Test
	void nothingWaitsForAPublisher() {
		hold(noClasses().that(haveReactorInThem())
			.should()
			.accessTargetWhere(Calls.thatBlock())
			.because("a thread that waits serves nobody"));
	}

	@Test
	void onlyLifecycleOwnersSubscribe() {
		hold(noClasses().that(haveReactorInThem())
			.and(areNot(LIFECYCLE_OWNERS))
			.and(areNot(GO_BETWEENS))
			.should()
			.accessTargetWhere(Calls.thatSubscribe())
			.because("whoever subscribes must keep the subscription and end it"));
	}

	@Test
	void lifecycleOwnersAreStoppedAndDoSubscribe() {
		assertThat(MAIN.stream().map(JavaClass::getName)).containsAll(LIFECYCLE_OWNERS);
		hold(classes().that(are(LIFECYCLE_OWNERS))
			.should()
			.beAssignableTo(Lifecycle.class)
			.orShould()
			.beAssignableTo("org.springframework.beans.factory.DisposableBean")
			.because("what is subscribed to ends with the service"));
		hold(classes().that(are(LIFECYCLE_OWNERS)).should(subscribe()));
	}

	@Test
	void namesAreOfTheDomain() {
		hold(noClasses().should()
			.haveNameMatching(".*(Impl|Dto|DTO|Manager|Helper|Utils?|Port|Adapter)")
			.orShould()
			.haveNameMatching(".*\\.(Reactive|Async|Abstract)[^.]*"));
	}

	@Test
	void noTestWaitsForEver() {
		ArchRule rule = noClasses().should()
			.accessTargetWhere(Calls.thatWaitWithoutBound())
			.because("a test that hangs says less than one that fails");
		rule.check(TESTS);
	}

	@Test
	void nothingSleeps() {
		ArchRule rule = noClasses().should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(Thread.class, "sleep", java.time.Duration.class)
			.because("a sleep is either too short or too long: wait for what is awaited");
		rule.check(TESTS);
		rule.check(MAIN);
	}

	private static void hold(ArchRule rule) {
		rule.allowEmptyShould(false).check(MAIN);
	}

	private static DescribedPredicate<JavaClass> progressOtherThan(String... packages) {
		return resideInAnyPackage("lectern.progress..").and(resideOutsideOfPackages(packages))
			.as("other packages of progress");
	}

	/** The launcher and the bench have threads of their own, and serve nobody. */
	private static DescribedPredicate<JavaClass> haveReactorInThem() {
		return resideOutsideOfPackages("lectern.local..", "lectern.bench..").as("have Reactor in them");
	}

	private static DescribedPredicate<JavaClass> are(Set<String> names) {
		return DescribedPredicate.describe("are lifecycle owners", (type) -> names.contains(type.getName()));
	}

	/** What stands inside an owner, a lambda or a nested class, is a part of it. */
	private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
		return DescribedPredicate.describe("are none of " + names.size() + " that may", (type) -> names.stream()
			.noneMatch((name) -> type.getName().equals(name) || type.getName().startsWith(name + "$")));
	}

	private static ArchCondition<JavaClass> subscribe() {
		return new ArchCondition<>("subscribe") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean subscribes = MAIN.stream()
					.filter((part) -> part.getName().equals(type.getName())
							|| part.getName().startsWith(type.getName() + "$"))
					.flatMap((part) -> part.getAccessesFromSelf().stream())
					.anyMatch((JavaAccess<?> access) -> Calls.thatSubscribe().test(access));
				events.add(new SimpleConditionEvent(type, subscribes,
						type.getName() + (subscribes ? " subscribes" : " does not subscribe: take it off the list")));
			}
		};
	}

}
