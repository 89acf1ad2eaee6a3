package lectern.gateway.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class SketchRateLimiterTests {

	private static final Quota FIVE = new Quota("five", 5);

	private static final Client ADA = Client.reader("ada");

	private static final Client BOB = Client.reader("bob");

	/** Begins below zero, as the clock of a machine may. */
	private final AtomicLong clock = new AtomicLong(-7_000_000_000L);

	private final SketchRateLimiter limiter = new SketchRateLimiter(this.clock::get);

	@Test
	void grantsWholeQuotaAtOnceAndThenRefuses() {
		for (int left = 4; left >= 0; left--) {
			QuotaUse use = this.limiter.acquire(FIVE, ADA);
			assertThat(use.granted()).isTrue();
			assertThat(use.status().remaining()).isEqualTo(left);
		}
		QuotaUse refused = this.limiter.acquire(FIVE, ADA);
		assertThat(refused.granted()).isFalse();
		assertThat(refused.status().remaining()).isZero();
		assertThat(refused.untilGranted()).isEqualTo(Duration.ofSeconds(12));
		assertThat(this.limiter.acquire(FIVE, BOB).granted()).isTrue();
	}

	@Test
	void grantsOneMoreAfterEachInterval() {
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(5);
		advance(Duration.ofSeconds(11));
		assertThat(acquireAll(FIVE, ADA)).isZero();
		advance(Duration.ofSeconds(1));
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(1);
		advance(Duration.ofSeconds(36));
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(3);
		advance(Duration.ofDays(400));
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(5);
	}

	@Test
	void refusedRequestsCostNothing() {
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(5);
		for (int i = 0; i < 1_000; i++) {
			this.limiter.acquire(FIVE, ADA);
		}
		advance(Duration.ofSeconds(12));
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(1);
	}

	@Test
	void releasedRequestCanBeTakenAgain() {
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(5);
		this.limiter.release(FIVE, ADA);
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(1);
	}

	@Test
	void quotasOfOneClientAreCountedApart() {
		assertThat(acquireAll(FIVE, ADA)).isEqualTo(5);
		assertThat(acquireAll(new Quota("other", 7), ADA)).isEqualTo(7);
	}

	/** One who has a whole /8 network, or an IPv6 /32, would otherwise start anew. */
	@Test
	void requestsOfManyOtherAddressesDoNotResetAnAddress() throws UnknownHostException {
		Client exhausted = address(1);
		assertThat(acquireAll(FIVE, exhausted)).isEqualTo(5);
		for (int other = 2; other < 2_000_000; other++) {
			this.limiter.acquire(FIVE, address(other));
		}
		assertThat(this.limiter.acquire(FIVE, exhausted).granted()).isFalse();
	}

	@Test
	void addressesThatHaveUsedUpTheirQuotasDoNotLimitOthers() throws UnknownHostException {
		for (int used = 1; used <= 5_000; used++) {
			acquireAll(FIVE, address(used));
		}
		int limited = 0;
		for (int other = 10_001; other <= 20_000; other++) {
			limited += (acquireAll(FIVE, address(other)) < 5) ? 1 : 0;
		}
		// The last ones share counters with all before them.
		assertThat(limited).isLessThan(100);
	}

	@Test
	void concurrentRequestsGetNoMoreThanTheQuota() throws InterruptedException {
		Quota quota = new Quota("many", 10_000);
		AtomicInteger granted = new AtomicInteger();
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (int thread = 0; thread < 4; thread++) {
				threads.submit(() -> {
					assertThat(start.await(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
					for (int i = 0; i < 5_000; i++) {
						granted.addAndGet(this.limiter.acquire(quota, ADA).granted() ? 1 : 0);
					}
					return null;
				});
			}
			start.countDown();
			threads.shutdown();
			assertThat(threads.awaitTermination(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		granted.addAndGet(acquireAll(quota, ADA));
		assertThat(granted.get()).isEqualTo(10_000);
	}

	private int acquireAll(Quota quota, Client client) {
		int granted = 0;
		while (this.limiter.acquire(quota, client).granted()) {
			granted++;
		}
		return granted;
	}

	private void advance(Duration time) {
		this.clock.addAndGet(time.toNanos());
	}

	private static Client address(int number) throws UnknownHostException {
		byte[] address = { 10, (byte) (number >> 16), (byte) (number >> 8), (byte) number };
		return Client.at(new InetSocketAddress(InetAddress.getByAddress(address), 0));
	}

}
