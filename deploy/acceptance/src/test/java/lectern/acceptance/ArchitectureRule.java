package lectern.acceptance;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.context.Lifecycle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules of the architecture. Each has a sample in {@code deploy/samples/architecture}
 * that breaks it: a folder named like the constant, in lower case and with hyphens.
 */
enum ArchitectureRule {

	PACKAGES_HAVE_NO_CYCLES(slices().matching("lectern.(**)").should().beFreeOfCycles()),

	SERVICES_SHARE_ONLY_LIBRARIES(slices().matching("lectern.(*)..")
		.namingSlices("$1")
		.should()
		.notDependOnEachOther()
		.ignoreDependency(resideInAnyPackage("lectern.."), resideInAnyPackage("lectern.web..", "lectern.streaming.."))
		.because("two services that share code must be released together")),

	LIBRARIES_KNOW_NO_SERVICE(noClasses().that()
		.resideInAnyPackage("lectern.web..", "lectern.streaming..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("lectern.catalog..", "lectern.progress..", "lectern.gateway..", "lectern.launcher..",
				"lectern.bench..")),

	WEB_KNOWS_NO_STREAMING(noClasses().that()
		.resideInAnyPackage("lectern.web..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("lectern.streaming..")),

	STREAMING_PACKAGES_KEEP_THEIR_ORDER(classes().that()
		.resideInAPackage("lectern.streaming..")
		.should(new PackageOrder("lectern.streaming", "meter", "log", "sse", "server", "live", "replay", "postgreslog",
				"revocation"))),

	STREAMING_TYPES_HAVE_NO_CYCLES(
			slices().assignedFrom(new TopLevelClasses("lectern.streaming")).should().beFreeOfCycles()),

	MODEL_USES_ONLY_THE_JDK(noClasses().that()
		.resideInAPackage("lectern.progress.model..")
		.should()
		.dependOnClassesThat(resideOutsideOfPackages("lectern.progress.model..", "java..", "org.jspecify.."))
		.because("the rules of reading are tested and read without a framework")),

	FORECAST_USES_ONLY_THE_JDK(noClasses().that()
		.resideInAPackage("lectern.progress.forecast..")
		.should()
		.dependOnClassesThat(resideOutsideOfPackages("lectern.progress.forecast..", "java..", "org.jspecify.."))
		.because("it is tested with simulated readers, without a service")),

	EVENT_LOG_KNOWS_NO_MODEL(noClasses().that()
		.resideInAPackage("lectern.progress.eventlog..")
		.should()
		.dependOnClassesThat(progressPackagesExcept("lectern.progress.eventlog.."))
		.because("another log can replace it, and its torture test needs no readers")),

	PROJECTION_RUNNER_KNOWS_NO_READ_MODEL(noClasses().that()
		.resideInAPackage("lectern.progress.projection..")
		.should()
		.dependOnClassesThat(progressPackagesExcept("lectern.progress.projection..", "lectern.progress.eventlog.."))),

	COMMANDS_DO_NOT_USE_QUERIES(noClasses().that()
		.resideInAPackage("lectern.progress.command..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("lectern.progress.query..", "lectern.progress.stream..")),

	QUERIES_DO_NOT_USE_COMMANDS(noClasses().that()
		.resideInAPackage("lectern.progress.query..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("lectern.progress.command..", "lectern.progress.stream..")),

	STREAMS_ONLY_READ(noClasses().that()
		.resideInAPackage("lectern.progress.stream..")
		.should()
		.dependOnClassesThat(progressPackagesExcept("lectern.progress.stream..", "lectern.progress.query..",
				"lectern.progress.eventlog..", "lectern.progress.representation..", "lectern.progress.pathprogress.."))
		.because("a stream decides nothing and changes nothing")),

	CHANGE_LOG_KNOWS_NO_FEATURE(noClasses().that()
		.resideInAPackage("lectern.catalog.change..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("lectern.catalog.book..", "lectern.catalog.search..", "lectern.catalog.learningpath..",
				"lectern.catalog.importing..", "lectern.catalog.export..")
		.because("every feature writes to the change log")),

	BOOKS_KNOW_NO_OTHER_FEATURE(noClasses().that()
		.resideInAPackage("lectern.catalog.book..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("lectern.catalog.search..", "lectern.catalog.learningpath..", "lectern.catalog.importing..",
				"lectern.catalog.export..")),

	NOTHING_BLOCKS(noClasses().that(useReactor())
		.should()
		.accessTargetWhere(CallPredicates.thatBlock())
		.because("a thread that waits serves nobody")),

	CACHES_ARE_NOT_CLEARED(noClasses().should()
		.accessTargetWhere(CallPredicates.thatClearCaches())
		.because("it waits for the lock of the cache; an empty cache in its place does not")),

	ONLY_LIFECYCLE_OWNERS_SUBSCRIBE(noClasses().that(useReactor())
		.and(DescribedPredicate.not(areOneOfOrInside(Owners.ALL)))
		.should()
		.accessTargetWhere(CallPredicates.thatSubscribe())
		.because("a subscriber must keep its subscription and end it")),

	SUBSCRIBERS_HANDLE_ERRORS(noClasses().that(useReactor())
		.should()
		.accessTargetWhere(CallPredicates.thatSubscribeWithoutErrorConsumer())
		.because("a failure must end what depends on the subscription, or at least be logged")),

	LIFECYCLE_OWNERS_ARE_STOPPED(classes().that(areOneOf(Owners.LIFECYCLE))
		.should()
		.beAssignableTo(Lifecycle.class)
		.orShould()
		.beAssignableTo("org.springframework.beans.factory.DisposableBean")
		.because("a subscription ends with the service")),

	LIFECYCLE_OWNERS_SUBSCRIBE(classes().that(areOneOfOrInside(Owners.LIFECYCLE))
		.should(new SubscribingOwners(Owners.LIFECYCLE))
		.because("a class that no longer subscribes leaves the list")),

	ONLY_EVENT_LOG_NAMES_ITS_TABLE(noClasses().that()
		.resideInAPackage("lectern.progress..")
		.and()
		.resideOutsideOfPackage("lectern.progress.eventlog..")
		.should(StringConstants.containMatch("(?i)\\b(from|join|into|update|table)\\s+event\\b"))
		.because("the form of the stored events is a matter of the event log alone")),

	NAMES_CARRY_NO_TECHNOLOGY(noClasses().should()
		.haveNameMatching(".*(Impl|Dto|DTO|(?<!Process)Manager|Helper|Utils?|Port|Adapter)")
		.orShould()
		.haveNameMatching(".*\\.(Reactive|Async|Abstract)[^.]*")),

	NAMES_ARE_NOT_TAKEN(Scope.ALL,
			noClasses().that()
				.areTopLevelClasses()
				.should(TakenNames.beTaken())
				.because("a reader of Java, Reactor and Netty already knows another type by that name")),

	NAMES_ARE_UNIQUE(Scope.ALL, classes().that()
		.areTopLevelClasses()
		.and()
		.doNotHaveSimpleName("package-info")
		// The words of the domain that both services keep.
		.and()
		.doNotHaveSimpleName("Gate")
		.and()
		.doNotHaveSimpleName("LearningPath")
		.should(UniqueNames.beUnique())),

	TESTS_WAIT_WITH_A_LIMIT(Scope.TESTS,
			noClasses().should()
				.accessTargetWhere(CallPredicates.thatWaitWithoutBound())
				.because("a test that hangs says less than one that fails")),

	NOTHING_SLEEPS(Scope.ALL,
			noClasses().should()
				.callMethod(Thread.class, "sleep", long.class)
				.orShould()
				.callMethod(Thread.class, "sleep", Duration.class)
				.because("a sleep is either too short or too long: wait for the condition itself"));

	private final Scope scope;

	private final ArchRule rule;

	ArchitectureRule(ArchRule rule) {
		this(Scope.MAIN, rule);
	}

	ArchitectureRule(Scope scope, ArchRule rule) {
		this.scope = scope;
		this.rule = rule.allowEmptyShould(false);
	}

	Scope scope() {
		return this.scope;
	}

	ArchRule rule() {
		return this.rule;
	}

	/** The folder of its sample in {@code deploy/samples/architecture}. */
	String sample() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static DescribedPredicate<JavaClass> progressPackagesExcept(String... packages) {
		return resideInAnyPackage("lectern.progress..").and(resideOutsideOfPackages(packages))
			.as("other packages of progress");
	}

	/** The launcher and the bench have threads of their own and serve nobody. */
	private static DescribedPredicate<JavaClass> useReactor() {
		return resideOutsideOfPackages("lectern.launcher..", "lectern.bench..").as("use Reactor");
	}

	private static DescribedPredicate<JavaClass> areOneOf(Set<String> names) {
		return DescribedPredicate.describe("are one of " + names.size(), (type) -> names.contains(type.getName()));
	}

	/** A nested class belongs to its outer class. */
	private static DescribedPredicate<JavaClass> areOneOfOrInside(Set<String> names) {
		return DescribedPredicate.describe("are one of " + names.size() + " or inside one", (type) -> names.stream()
			.anyMatch((name) -> type.getName().equals(name) || type.getName().startsWith(name + "$")));
	}

	/** The code that a rule is about. */
	enum Scope {

		MAIN, TESTS, ALL

	}

	/** The classes that may subscribe. */
	static final class Owners {

		/** Each keeps its subscription and ends it when the service stops. */
		static final Set<String> LIFECYCLE = Set.of("lectern.streaming.postgreslog.LogNotifications",
				"lectern.streaming.log.BackgroundLoop", "lectern.streaming.live.Hub",
				"lectern.streaming.replay.ReplayService", "lectern.streaming.server.ConnectionTicker",
				"lectern.streaming.server.SseServer", "lectern.gateway.stream.FanOutStreams",
				"lectern.gateway.tls.ServedCertificate", "lectern.gateway.upstream.HealthChecker",
				"lectern.catalog.seed.CatalogSeeder", "lectern.catalog.importing.RunningImports",
				"lectern.progress.account.StartupInitializer", "lectern.progress.canary.Canary",
				"lectern.progress.eventlog.GroupCommit", "lectern.progress.eventlog.StoredResponseCleaner",
				"lectern.web.TokenKeyRefresher");

		/** Subscribes on behalf of its own subscriber and cancels with it. */
		static final Set<String> DELEGATING = Set.of("lectern.gateway.stream.RelayedStream",
				"lectern.gateway.relay.ServiceCall");

		static final Set<String> ALL = Stream.of(LIFECYCLE, DELEGATING)
			.flatMap(Set::stream)
			.collect(Collectors.toUnmodifiableSet());

		private Owners() {
		}

	}

}
