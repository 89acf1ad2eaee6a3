package lectern.progress.catalogreplica;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponseStatus;
import lectern.web.RotatingAddress;
import lectern.web.ServiceAddresses;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.stereotype.Component;

/** Reads single books of the catalog over HTTP. */
@Component
class CatalogBookClient {

	private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

	private final RotatingAddress catalog;

	private final HttpClient client;

	CatalogBookClient(ServiceAddresses services) {
		this.catalog = new RotatingAddress(services.catalog().url());
		this.client = HttpClient.create()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(RESPONSE_TIMEOUT);
	}

	/**
	 * Read the document of a book.
	 * @param id a slug
	 * @return cold; empty if the catalog has no such book any more; fails if the catalog
	 * cannot be reached at any address or does not answer as expected
	 */
	Mono<String> find(String id) {
		return Mono.defer(() -> read(id)).retry(this.catalog.count() - 1);
	}

	private Mono<String> read(String id) {
		return this.client.get()
			.uri(this.catalog.get() + "/api/v1/books/" + id)
			.responseSingle((response, content) -> switch (response.status().code()) {
				case 200 -> content.asString(StandardCharsets.UTF_8);
				case 308, 404, 410 -> Mono.empty();
				default -> Mono.error(unexpected(response.status()));
			});
	}

	private static IllegalStateException unexpected(HttpResponseStatus status) {
		return new IllegalStateException("the catalog answered " + status);
	}

}
