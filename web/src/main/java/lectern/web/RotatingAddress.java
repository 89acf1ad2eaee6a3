package lectern.web;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The addresses of a service, one after the other, for clients that try again when they
 * have failed.
 */
public final class RotatingAddress implements Supplier<URI> {

	private final List<URI> addresses;

	private final AtomicInteger next = new AtomicInteger();

	/**
	 * @param addresses at least one
	 */
	public RotatingAddress(List<URI> addresses) {
		this.addresses = List.copyOf(addresses);
	}

	@Override
	public URI get() {
		return this.addresses.get(Math.floorMod(this.next.getAndIncrement(), this.addresses.size()));
	}

	/** Return how many addresses there are. */
	public int count() {
		return this.addresses.size();
	}

}
