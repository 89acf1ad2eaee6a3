package lectern.web;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What BlockHound lets event loops do although it looks like waiting; nothing of it keeps
 * anybody waiting for long, and none of it is our own code.
 */
public class AllowedBlockingCalls implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder
			// Random bytes are read from a file that always has some; signing in to the
			// database needs them.
			.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
			// Jackson builds what reads a type once, and under a lock: who comes at the
			// same moment waits for that, microseconds in the life of a process.
			.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
					"_createAndCacheValueDeserializer")
			// Hibernate Validator keeps what it has found out about a class once, too.
			.allowBlockingCallsInside("org.hibernate.validator.internal.util.ConcurrentReferenceHashMap$Segment", "put")
			// A timer leaves its queue under the queue's lock; of those that come once
			// Reactor allows it itself.
			.allowBlockingCallsInside("reactor.core.scheduler.PeriodicWorkerTask", "dispose")
			// Caffeine spins, 1,023 times at most, while another thread removes what is
			// put.
			.allowBlockingCallsInside("com.github.benmanes.caffeine.cache.BoundedLocalCache", "put")
			// Netty's allocator takes a lock for the moment in which it adds an arena.
			.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
	}

}
