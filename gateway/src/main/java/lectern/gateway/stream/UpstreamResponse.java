package lectern.gateway.stream;

import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/** A service's answer to the request of a stream; to be closed by whoever has it. */
final class UpstreamResponse {

	private final HttpClientResponse response;

	private final Connection connection;

	UpstreamResponse(HttpClientResponse answer, Connection connection) {
		this.response = answer;
		this.connection = connection;
	}

	int status() {
		return this.response.status().code();
	}

	boolean isStream() {
		return status() == 200;
	}

	/** Whether there is nothing to be streamed, now or later. */
	boolean isNoContent() {
		return status() == 204;
	}

	/** Whether it is a word that stands. All else is a service that is away. */
	boolean isRejection() {
		return status() >= 300 && status() < 500;
	}

	Iterable<Map.Entry<String, String>> headers() {
		return this.response.responseHeaders();
	}

	/** To be subscribed to once; what is read is released after it was taken. */
	Flux<byte[]> body() {
		return this.connection.inbound().receive().asByteArray();
	}

	void close() {
		this.connection.dispose();
	}

}
