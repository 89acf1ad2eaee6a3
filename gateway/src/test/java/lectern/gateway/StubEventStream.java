package lectern.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A service's event stream, with a log in memory. */
final class StubEventStream {

	/** The last id and the query of each request, in order. */
	final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

	/** The number of blocks sent to the current connections. */
	private final AtomicLong sentCount = new AtomicLong();

	final AtomicInteger openConnections = new AtomicInteger();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final List<Instant> receivedAt = new CopyOnWriteArrayList<>();

	private volatile String epoch = "peerlog0";

	/** 200, or the status with which every request is rejected. */
	volatile int status = 200;

	/** Whether connections receive nothing but headers. */
	volatile boolean silent;

	/** How many past events a connection sends before it is cut off. */
	volatile int maxReplayedEvents = Integer.MAX_VALUE;

	private volatile Sinks.Many<String> live = Sinks.many().replay().all();

	/** Append an event and return its cursor. */
	synchronized String commit(String type, String book) {
		String cursor = cursor(this.events.size() + 1);
		String block = "id:" + cursor + "\ndata:{\"cursor\":\"" + cursor + "\",\"type\":\"" + type + "\",\"book\":\""
				+ book + "\",\"receivedAt\":\"" + Instant.now() + "\",\"data\":{\"type\":\"no\"}}\n\n";
		this.receivedAt.add(Instant.now());
		this.events.add(block);
		send(block);
		return cursor;
	}

	/** Send a block that is not an event of the log. */
	synchronized void send(String block) {
		this.sentCount.incrementAndGet();
		this.live.tryEmitNext(block);
	}

	/** End every connection as the service does when it stops. */
	synchronized void drain() {
		Sinks.Many<String> old = this.live;
		this.live = Sinks.many().replay().all();
		this.sentCount.set(0);
		old.tryEmitNext("retry:100\n\nevent:end\ndata:{\"reason\":\"drain\"}\n\n");
		old.tryEmitComplete();
	}

	/** Replace the log by an empty one with another epoch. */
	synchronized void replace(String otherEpoch) {
		this.epoch = otherEpoch;
		this.events.clear();
		this.receivedAt.clear();
		drain();
	}

	String cursor(int position) {
		return this.epoch + "-" + Integer.toString(position, Character.MAX_RADIX);
	}

	/** The number of events before the start of a connection. */
	private int start(String lastId) {
		if (lastId.endsWith("Z")) {
			Instant instant = Instant.parse(lastId);
			return (int) this.receivedAt.stream().filter((received) -> !received.isAfter(instant)).count();
		}
		return lastId.startsWith(this.epoch + "-")
				? Integer.parseInt(lastId.substring(this.epoch.length() + 1), Character.MAX_RADIX) : this.events.size();
	}

	synchronized Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
		String lastId = request.requestHeaders().get("Last-Event-ID", "");
		this.requests.add(lastId + request.uri().replaceFirst("[^?]*", ""));
		if (this.status != 200) {
			return response.status(this.status)
				.header("Content-Type", "application/problem+json")
				.sendString(Mono.just("{\"status\":" + this.status + "}"));
		}
		boolean ownEpoch = lastId.startsWith(this.epoch + "-") || lastId.endsWith("Z");
		int after = start(lastId);
		String opening = "retry:3000\n:peer\nid:" + cursor(after) + "\n\n";
		String reset = (ownEpoch || lastId.isEmpty()) ? ""
				: "event:reset\nid:" + cursor(after) + "\ndata:{\"reason\":\"foreign-epoch\",\"read\":\"/state\"}\n\n";
		Flux<String> past = Flux.fromIterable(List.copyOf(this.events.subList(after, this.events.size())));
		Flux<String> future = this.live.asFlux().skip(this.sentCount.get());
		boolean cutOff = this.events.size() - after > this.maxReplayedEvents;
		return response.sse()
			.send(Flux
				.concat(this.silent ? Flux.empty() : Flux.just(opening + reset),
						this.silent ? future.filter((_) -> false)
								: cutOff ? past.take(this.maxReplayedEvents) : past.concatWith(future))
				.doOnSubscribe((_) -> this.openConnections.incrementAndGet())
				.doFinally((_) -> this.openConnections.decrementAndGet())
				.map((block) -> Unpooled.copiedBuffer(block, StandardCharsets.UTF_8)), (_) -> true);
	}

}
