package lectern.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** Responses of a service in all forms that HTTP has, below {@link #ROOT}. */
final class StubResponses {

	static final String ROOT = "/api/v1/paths/";

	/** The id of the last request, by the name of the response. */
	static final Map<String, String> REQUEST_IDS = new ConcurrentHashMap<>();

	/** The connection of the last request, by the name of the response. */
	private static final Map<String, Channel> CONNECTIONS = new ConcurrentHashMap<>();

	private static final int LARGE = 1 << 20;

	private static final AttributeKey<Boolean> ANSWERED = AttributeKey.valueOf(StubResponses.class, "answered");

	private StubResponses() {
	}

	static void routes(HttpServerRoutes routes) {
		routes.route((request) -> request.uri().startsWith(ROOT), StubResponses::respond);
	}

	private static Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
		String name = request.fullPath().substring(ROOT.length());
		CONNECTIONS.put(name, channelOf(request));
		REQUEST_IDS.put(name, request.requestHeaders().get("X-Request-Id", "none"));
		return switch (name) {
			case "not-modified" ->
				response.status(304).header("ETag", "\"7\"").header("Cache-Control", "no-cache").send();
			case "no-content" -> response.status(204).send();
			case "empty" -> response.header("Content-Length", "0").send();
			case "large" -> response.header("Content-Length", Integer.toString(LARGE))
				.send(Flux.range(0, 16).map((part) -> Unpooled.wrappedBuffer(new byte[LARGE / 16])));
			case "chunked" -> response.header("Content-Type", "text/plain")
				.send(Flux.just("one", "two", "three").map(StubResponses::bytes));
			case "lines" -> response.header("Content-Type", "application/x-ndjson")
				.send(Flux.just("{}\n", "{}\n").map(StubResponses::bytes), (_) -> true);
			case "compressed" -> response.header("Content-Encoding", "gzip")
				.header("Vary", "Accept-Encoding")
				.header("Content-Length", "4")
				.send(Mono.just(bytes("gzip")));
			case "cached" -> response.header("Cache-Control", "public, max-age=0, s-maxage=5")
				.header("ETag", "\"7\"")
				.header("X-Frame-Options", "SAMEORIGIN")
				.header("Referrer-Policy", "origin")
				.header("Content-Length", "2")
				.send(Mono.just(bytes("ok")));
			case "moved" -> response.status(308).header("Location", "other").header("Content-Length", "0").send();
			case "unusual" -> response.status(299).header("Content-Length", "2").send(Mono.just(bytes("ok")));
			case "failed" -> response.status(500).header("Content-Length", "2").send(Mono.just(bytes("no")));
			case "cookies" -> response.header("Set-Cookie", "a=1; Path=/")
				.header("Set-Cookie", "b=2; HttpOnly")
				.header("Content-Length", "2")
				.send(Mono.just(bytes("ok")));
			case "hop-by-hop" -> response.header("Connection", "keep-alive, X-Secret")
				.header("X-Secret", "1")
				.header("Keep-Alive", "timeout=5")
				.header("Proxy-Authenticate", "Basic")
				.header("Server", "stub/1.0")
				.header("X-Powered-By", "stub")
				.header("Via", "1.1 stub")
				.header("Content-Length", "2")
				.send(Mono.just(bytes("ok")));
			case "last" -> response.keepAlive(false).header("Content-Length", "2").send(Mono.just(bytes("ok")));
			case "broken" -> response.header("Content-Length", "1000")
				.send(Flux.just(bytes("beginning")).concatWith(closing(request).then(Mono.never())), (_) -> true);
			case "stalled" -> response.header("Content-Length", "1000")
				.send(Flux.just(bytes("beginning")).concatWith(Mono.never()), (_) -> true);
			case "silent" -> Mono.never();
			case "cut" -> closing(request);
			case "garbage" -> raw(request, "SSH-2.0-OpenSSH_9.2\r\n");
			case "early" -> raw(request, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
					+ "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly");
			case "until-close" -> written(request, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nto the end")
				.then(closing(request));
			case "once" -> answerOnce(request, response);
			default -> echo(request, response);
		};
	}

	/** Close the connection of a response that does not end by itself. */
	static void breakOff(String name) {
		CONNECTIONS.get(name).close();
	}

	/** Answer the first request of each connection; close it at the second. */
	private static Publisher<Void> answerOnce(HttpServerRequest request, HttpServerResponse response) {
		boolean first = channelOf(request).attr(ANSWERED).getAndSet(true) == null;
		return first ? response.header("Content-Length", "2").send(Mono.just(bytes("ok"))) : closing(request);
	}

	private static Mono<Void> closing(HttpServerRequest request) {
		return Mono.fromRunnable(() -> channelOf(request).close());
	}

	/** Write bytes past the HTTP codec. */
	private static Mono<Void> raw(HttpServerRequest request, String text) {
		return written(request, text).then(Mono.never());
	}

	private static Mono<Void> written(HttpServerRequest request, String text) {
		return Mono.fromRunnable(() -> channelOf(request).pipeline().firstContext().writeAndFlush(bytes(text)));
	}

	private static Channel channelOf(HttpServerRequest request) {
		Channel[] channel = new Channel[1];
		request.withConnection((connection) -> channel[0] = connection.channel());
		return channel[0];
	}

	private static Publisher<Void> echo(HttpServerRequest request, HttpServerResponse response) {
		String head = request.requestHeaders()
			.entries()
			.stream()
			.map((header) -> header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue() + "\n")
			.sorted()
			.collect(Collectors.joining("", request.method() + " " + request.uri() + "\n", ""));
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((content) -> {
			String body = head + content;
			return response.header("Content-Length", Integer.toString(body.length()))
				.send(Mono.just(bytes(body)))
				.then();
		});
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
	}

}
