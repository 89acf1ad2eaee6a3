package lectern.web;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FloodingAddressesTests {

	private final AtomicLong nanoTime = new AtomicLong();

	private final FloodingAddresses addresses = new FloodingAddresses(new AddressRanges(List.of("10.0.0.0/8")),
			this.nanoTime::get);

	@Test
	void addressIsBlockedAfterSomeFloodsUntilItHasBeenQuiet() {
		flood("192.0.2.1", FloodingAddresses.MAX_FLOODS - 1);
		assertThat(isBlocked("192.0.2.1")).isFalse();
		flood("192.0.2.1", 1);
		assertThat(isBlocked("192.0.2.1")).isTrue();
		assertThat(isBlocked("192.0.2.2")).isFalse();
		this.nanoTime.addAndGet(FloodingAddresses.PERIOD.toNanos());
		assertThat(isBlocked("192.0.2.1")).isFalse();
		flood("192.0.2.1", 1);
		assertThat(isBlocked("192.0.2.1")).as("what was before is over").isFalse();
	}

	@Test
	void networkOfIpv6IsOneAddress() {
		flood("2001:db8:1:2::1", 1);
		flood("2001:db8:1:2:3::1", 1);
		flood("2001:db8:1:2:3:4:5:6", 1);
		assertThat(isBlocked("2001:db8:1:2:ffff::")).isTrue();
		assertThat(isBlocked("2001:db8:1:3::1")).isFalse();
	}

	@Test
	void proxyIsExempt() {
		flood("10.1.2.3", 100);
		assertThat(isBlocked("10.1.2.3")).isFalse();
	}

	@Test
	void addressesAreBounded() {
		flood("192.0.2.1", FloodingAddresses.MAX_FLOODS);
		for (int index = 0; index < FloodingAddresses.MAX_ADDRESSES; index++) {
			flood("198.51." + index / 250 + "." + index % 250, 1);
		}
		assertThat(isBlocked("192.0.2.1")).as("the one that was quiet for longest is forgotten").isFalse();
	}

	private void flood(String address, int count) {
		for (int index = 0; index < count; index++) {
			this.addresses.add(new InetSocketAddress(address, 1));
		}
	}

	private boolean isBlocked(String address) {
		return this.addresses.isBlocked(new InetSocketAddress(address, 2));
	}

}
