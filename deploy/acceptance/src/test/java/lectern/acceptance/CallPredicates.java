package lectern.acceptance;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

/** Calls that the rules forbid, including method references. */
final class CallPredicates {

	private static final Set<String> UNBOUNDED_WAITS = Set.of("reactor.core.publisher.Mono.block()",
			"reactor.core.publisher.Flux.blockFirst()", "reactor.core.publisher.Flux.blockLast()",
			"java.util.concurrent.Future.get()", "java.util.concurrent.Future.join()",
			"java.util.concurrent.CountDownLatch.await()", "java.util.concurrent.CyclicBarrier.await()",
			"java.util.concurrent.BlockingQueue.take()", "java.lang.Process.waitFor()", "java.lang.Thread.join()");

	private static final Set<String> CACHE_MAINTENANCE = Set.of(
			"com.github.benmanes.caffeine.cache.Cache.invalidateAll()",
			"com.github.benmanes.caffeine.cache.Cache.cleanUp()");

	private CallPredicates() {
	}

	/** Calls that block a thread until a publisher emits. */
	static DescribedPredicate<JavaAccess<?>> thatBlock() {
		return DescribedPredicate.describe("that block", (access) -> isPublisher(access.getTargetOwner())
				&& access.getTarget().getName().matches("block(First|Last|Optional)?|toIterable|toStream"));
	}

	/** Calls that remove everything from a cache, or wait for its maintenance. */
	static DescribedPredicate<JavaAccess<?>> thatClearCaches() {
		return DescribedPredicate.describe("that clear caches",
				(access) -> access.getTarget() instanceof CodeUnitCallTarget target
						&& CACHE_MAINTENANCE.stream().anyMatch((call) -> isOrOverrides(target, call)));
	}

	/** Calls that subscribe to a publisher. */
	static DescribedPredicate<JavaAccess<?>> thatSubscribe() {
		return DescribedPredicate.describe("that subscribe", (access) -> isPublisher(access.getTargetOwner())
				&& access.getTarget().getName().matches("subscribe|subscribeWith|connect|toFuture"));
	}

	/** Calls that wait without a time limit. */
	static DescribedPredicate<JavaAccess<?>> thatWaitWithoutBound() {
		return DescribedPredicate.describe("that wait without a bound",
				(access) -> access.getTarget() instanceof CodeUnitCallTarget target && (isUnboundedVerify(target)
						|| UNBOUNDED_WAITS.stream().anyMatch((unbounded) -> isOrOverrides(target, unbounded))));
	}

	/** A {@code subscribe} that takes no consumer of errors. */
	static DescribedPredicate<JavaAccess<?>> thatSubscribeWithoutErrorConsumer() {
		return DescribedPredicate.describe("that subscribe without an error consumer",
				(access) -> access.getTarget() instanceof CodeUnitCallTarget target && isPublisher(target.getOwner())
						&& target.getName().equals("subscribe") && !handlesErrors(target));
	}

	private static boolean handlesErrors(CodeUnitCallTarget subscribe) {
		return subscribe.getRawParameterTypes().size() > 1 || subscribe.getRawParameterTypes()
			.stream()
			.anyMatch((type) -> type.isAssignableTo("org.reactivestreams.Subscriber"));
	}

	private static boolean isPublisher(JavaClass owner) {
		return owner.isAssignableTo("org.reactivestreams.Publisher");
	}

	/** Every {@code verify…} without a duration, on a verifier or on its last step. */
	private static boolean isUnboundedVerify(CodeUnitCallTarget target) {
		return target.getOwner().getName().startsWith("reactor.test.StepVerifier")
				&& target.getName().startsWith("verify") && !target.getName().startsWith("verifyThenAssert")
				&& target.getRawParameterTypes()
					.stream()
					.noneMatch((type) -> type.isEquivalentTo(java.time.Duration.class));
	}

	private static boolean isOrOverrides(CodeUnitCallTarget target, String call) {
		int dot = call.lastIndexOf('.');
		return target.getRawParameterTypes().isEmpty()
				&& target.getName().equals(call.substring(dot + 1, call.length() - 2))
				&& target.getOwner().isAssignableTo(call.substring(0, dot));
	}

}
