package lectern.web;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * The blocking calls that BlockHound allows on event loops. All of them are in libraries,
 * and none of them blocks for long.
 */
public class AllowedBlockingCalls implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder
			// Reads random bytes from a file that never runs out of them. The login to
			// the database needs them.
			.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
			// Jackson builds the deserializer of a type once, under a lock. A concurrent
			// first use waits for some microseconds, once in the life of a process.
			.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
					"_createAndCacheValueDeserializer")
			// Hibernate Validator caches the metadata of a class once, too.
			.allowBlockingCallsInside("org.hibernate.validator.internal.util.ConcurrentReferenceHashMap$Segment", "put")
			// The disposal of a periodic timer removes it from its queue under the lock
			// of
			// the queue. Reactor itself allows the same for one-shot timers.
			.allowBlockingCallsInside("reactor.core.scheduler.PeriodicWorkerTask", "dispose")
			// Caffeine spins, 1,023 times at most, while another thread removes the same
			// entry.
			.allowBlockingCallsInside("com.github.benmanes.caffeine.cache.BoundedLocalCache", "put")
			// Netty's allocator holds a lock for the short time in which it adds an
			// arena.
			.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
	}

}
