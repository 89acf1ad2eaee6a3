package lectern.gateway.stream;

import java.util.Map;
import java.util.function.BooleanSupplier;

import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/** A service's response to the request for a stream; its receiver has to close it. */
final class UpstreamResponse {

	private final HttpClientResponse response;

	private final Connection connection;

	private final BooleanSupplier replaceable;

	UpstreamResponse(HttpClientResponse response, Connection connection, BooleanSupplier replaceable) {
		this.response = response;
		this.connection = connection;
		this.replaceable = replaceable;
	}

	int status() {
		return this.response.status().code();
	}

	boolean isStream() {
		return status() == 200;
	}

	/** Whether there is nothing to stream, now and later. */
	boolean isNoContent() {
		return status() == 204;
	}

	/** Whether the service rejected the request. Other statuses mean unavailability. */
	boolean isRejection() {
		return status() >= 300 && status() < 500;
	}

	Iterable<Map.Entry<String, String>> headers() {
		return this.response.responseHeaders();
	}

	/** Copies of the received buffers; may be subscribed to once. */
	Flux<byte[]> body() {
		return this.connection.inbound().receive().asByteArray();
	}

	/**
	 * Return whether the service does not respond any more, and another node of it does.
	 */
	boolean isReplaceable() {
		return this.replaceable.getAsBoolean();
	}

	void close() {
		this.connection.dispose();
	}

}
