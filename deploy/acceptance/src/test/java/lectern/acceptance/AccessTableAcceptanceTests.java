package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends a request of each identity to each operation, through the gateway and straight to
 * its service. No request changes anything: its content is not well-formed, and its ids
 * are those of nothing. The table is also in {@code docs/access.md};
 * {@code -Dlectern.write=true} writes it instead of comparing it.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class AccessTableAcceptanceTests {

	private static final Path DOCUMENT = Modules.ROOT.resolve("docs/access.md");

	private static final String BEGIN = "<!-- access:begin -->\n";

	private static final String END = "<!-- access:end -->";

	private static final String GATEWAY = "gateway";

	private static final int CONCURRENCY = 32;

	private static final Set<Integer> COME_BACK = Set.of(429, 503);

	private static final Set<String> STREAMS = Set.of("text/event-stream", "application/x-ndjson");

	/** For all requests together, beside other tests. */
	private static final Duration TOTAL_LIMIT = HANG_LIMIT.multipliedBy(3);

	@Test
	void everyIdentityIsJudgedAlikeAtTheGatewayAndAtTheService(LecternInstance lectern) throws Exception {
		List<DeclaredRoute> routes = DeclaredRoute.all();
		assertThat(routes).hasSizeGreaterThan(50);
		Map<Cell, Integer> statuses = send(lectern, cells(routes));

		Stream<String> unexpected = statuses.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().expected().isShownBy(entry.getValue()))
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.sorted();

		assertThat(unexpected).isEmpty();
		compareWithDocument(routes);
	}

	private static List<Cell> cells(List<DeclaredRoute> routes) {
		return routes.stream()
			.flatMap((route) -> Arrays.stream(AccessIdentity.values())
				.flatMap((identity) -> Stream.of(GATEWAY, route.service())
					.distinct()
					.map((process) -> new Cell(route, identity, process))))
			.toList();
	}

	private static Map<Cell, Integer> send(LecternInstance lectern, List<Cell> cells) throws Exception {
		ReaderClient owner = new ReaderClient(lectern);
		String other = new ReaderClient(lectern).handle();
		ServiceTokens tokens = new ServiceTokens(lectern);
		Map<AccessIdentity, Map<String, String>> headers = new EnumMap<>(AccessIdentity.class);
		Arrays.stream(AccessIdentity.values())
			.forEach((identity) -> headers.put(identity, tokens.headers(identity, owner.handle(), other)));
		headers.put(AccessIdentity.KEY, Map.of("Authorization", "Bearer " + owner.createKey("access")));
		Map<Cell, Integer> statuses = new ConcurrentHashMap<>();
		Flux.fromIterable(cells)
			.flatMap((cell) -> sendUntilAvailable(cell, lectern.url(cell.process), owner.handle(),
					headers.get(cell.identity))
				.doOnNext((status) -> statuses.put(cell, status)), CONCURRENCY)
			.blockLast(TOTAL_LIMIT);
		assertThat(statuses).hasSameSizeAs(cells);
		return statuses;
	}

	/** Few exports run at once, and the others are told to come back. */
	private static Mono<Integer> sendUntilAvailable(Cell cell, String url, String owner, Map<String, String> headers) {
		return send(cell, url, owner, headers).filter((status) -> !COME_BACK.contains(status))
			.repeatWhenEmpty((repeated) -> repeated.delayElements(Duration.ofMillis(100)));
	}

	/** A stream or an export is closed when it has begun. */
	private static Mono<Integer> send(Cell cell, String url, String owner, Map<String, String> headers) {
		HttpClient client = HttpClient.create().headers((sent) -> headers.forEach(sent::set));
		HttpClient.RequestSender request = client.headers((sent) -> sent.set("Content-Type", "application/json"))
			.request(HttpMethod.valueOf(cell.route.method().name()))
			.uri(url + cell.route.pathFor(owner));
		boolean hasContent = List.of("POST", "PUT", "PATCH").contains(cell.route.method().name());
		return (hasContent ? request.send(ByteBufMono.fromString(Mono.just("{"))) : request).responseSingle((response,
				content) -> (isStream(response) ? Mono.empty() : content.then()).thenReturn(response.status().code()));
	}

	private static boolean isStream(HttpClientResponse response) {
		return STREAMS.contains(response.responseHeaders().get("Content-Type", ""));
	}

	private static void compareWithDocument(List<DeclaredRoute> routes) throws IOException {
		String table = table(routes);
		Files.writeString(Path.of("target/access.md"), table);
		String document = Files.readString(DOCUMENT);
		int from = document.indexOf(BEGIN) + BEGIN.length();
		int to = document.indexOf(END);
		if (Boolean.getBoolean("lectern.write")) {
			Files.writeString(DOCUMENT, document.substring(0, from) + table + document.substring(to));
		}
		else {
			assertThat(document.substring(from, to)).isEqualTo(table);
		}
	}

	private static String table(List<DeclaredRoute> routes) {
		List<AccessIdentity> identities = List.of(AccessIdentity.values());
		String head = identities.stream().map(AccessIdentity::label).collect(Collectors.joining(" | "));
		Map<String, String> rows = new LinkedHashMap<>();
		routes.forEach((route) -> rows.put("`%s %s`".formatted(route.method(), route.path()),
				identities.stream().map((identity) -> label(route, identity)).collect(Collectors.joining(" | "))));
		return "| operation | " + head + " |\n| --- |" + " --- |".repeat(identities.size()) + "\n"
				+ rows.entrySet()
					.stream()
					.map((row) -> "| " + row.getKey() + " | " + row.getValue() + " |\n")
					.collect(Collectors.joining());
	}

	/** Where the gateway and the service differ, the gateway comes first. */
	private static String label(DeclaredRoute route, AccessIdentity identity) {
		return Stream.of(GATEWAY, route.service())
			.map((process) -> new Cell(route, identity, process).expected().label())
			.distinct()
			.collect(Collectors.joining(", "));
	}

	/** A request of the table. */
	private record Cell(DeclaredRoute route, AccessIdentity identity, String process) {

		AccessOutcome expected() {
			return AccessClass.of(this.route).expected(this.identity, this.route, this.process.equals(GATEWAY));
		}

		@Override
		public String toString() {
			return "%s %s × %s at the %s: expected %s, was".formatted(this.route.method(), this.route.path(),
					this.identity.label(), this.process, expected().label());
		}

	}

}
