package lectern.gateway;

import java.nio.charset.StandardCharsets;
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

/** A service's event stream, over a log in memory. */
final class StubEventStream {

	/** What was asked for, in order: the last id and the query. */
	final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

	/** How much the present connections have been sent. */
	private final AtomicLong sentCount = new AtomicLong();

	final AtomicInteger openConnections = new AtomicInteger();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private volatile String epoch = "peerlog0";

	/** 200, or what every request is refused with. */
	volatile int status = 200;

	/** How much of the past a connection gives before it ends, as at a stop. */
	volatile int maxReplayedEvents = Integer.MAX_VALUE;

	private volatile Sinks.Many<String> live = Sinks.many().replay().all();

	/** Append an event; its cursor. */
	synchronized String commit(String type, String book) {
		String cursor = cursor(this.events.size() + 1);
		String block = "id:" + cursor + "\ndata:{\"cursor\":\"" + cursor + "\",\"type\":\"" + type + "\",\"book\":\""
				+ book + "\",\"receivedAt\":\"2026-01-01T00:00:00Z\",\"data\":{\"type\":\"no\"}}\n\n";
		this.events.add(block);
		send(block);
		return cursor;
	}

	/** Send something that is no event of the log. */
	synchronized void send(String block) {
		this.sentCount.incrementAndGet();
		this.live.tryEmitNext(block);
	}

	/** End every connection as a stop of the service does. */
	synchronized void drain() {
		Sinks.Many<String> old = this.live;
		this.live = Sinks.many().replay().all();
		this.sentCount.set(0);
		old.tryEmitNext("retry:100\n\nevent:end\ndata:{\"reason\":\"drain\"}\n\n");
		old.tryEmitComplete();
	}

	/** Another log in its place. */
	synchronized void replace(String other) {
		this.epoch = other;
		this.events.clear();
		drain();
	}

	String cursor(int position) {
		return this.epoch + "-" + Integer.toString(position, Character.MAX_RADIX);
	}

	synchronized Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
		String lastId = request.requestHeaders().get("Last-Event-ID", "");
		this.requests.add(lastId + request.uri().replaceFirst("[^?]*", ""));
		if (this.status != 200) {
			return response.status(this.status)
				.header("Content-Type", "application/problem+json")
				.sendString(Mono.just("{\"status\":" + this.status + "}"));
		}
		boolean own = lastId.startsWith(this.epoch + "-");
		int after = own ? Integer.parseInt(lastId.substring(this.epoch.length() + 1), Character.MAX_RADIX)
				: this.events.size();
		String opening = "retry:3000\n:peer\nid:" + cursor(after) + "\n\n";
		String reset = (own || lastId.isEmpty()) ? "" : "event:reset\nid:" + cursor(after)
				+ "\ndata:{\"reason\":\"foreign-epoch\",\"read\":\"/present\"}\n\n";
		Flux<String> past = Flux.fromIterable(List.copyOf(this.events.subList(after, this.events.size())));
		Flux<String> future = this.live.asFlux().skip(this.sentCount.get());
		boolean torn = this.events.size() - after > this.maxReplayedEvents;
		return response.sse()
			.send(Flux
				.concat(Flux.just(opening + reset), torn ? past.take(this.maxReplayedEvents) : past.concatWith(future))
				.doOnSubscribe((_) -> this.openConnections.incrementAndGet())
				.doFinally((_) -> this.openConnections.decrementAndGet())
				.map((block) -> Unpooled.copiedBuffer(block, StandardCharsets.UTF_8)), (_) -> true);
	}

}
