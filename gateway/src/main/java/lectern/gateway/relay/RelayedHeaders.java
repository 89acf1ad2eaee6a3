package lectern.gateway.relay;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import lectern.web.RequestIdFilter;
import lectern.web.SecurityHeaders;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;

/**
 * Changes headers between a client and a service in the same way as the filters of the
 * ordinary way, with the same settings.
 */
final class RelayedHeaders {

	private static final AsciiString REQUEST_ID = AsciiString.cached(RequestIdFilter.HEADER);

	private static final AsciiString VARY = AsciiString.cached("Vary");

	private static final AsciiString ORIGIN = AsciiString.cached("Origin");

	private static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");

	private static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");

	private static final AsciiString FORWARDED_HOST = AsciiString.cached("X-Forwarded-Host");

	private static final AsciiString FORWARDED_PORT = AsciiString.cached("X-Forwarded-Port");

	private static final String HTTPS = "https";

	/** In the ordinary way the HTTP client adds both if they are missing. */
	private static final AsciiString USER_AGENT = AsciiString.cached(HttpClient.USER_AGENT);

	private static final AsciiString ACCEPT_ALL = AsciiString.cached("*/*");

	private final List<AsciiString> removedFromRequests = new ArrayList<>();

	private final List<AsciiString> removedFromResponses = new ArrayList<>();

	/**
	 * @param hopByHop the headers that concern one connection only
	 * @throws IllegalStateException if there is a default filter that is not known here
	 */
	RelayedHeaders(GatewayProperties properties, Set<String> hopByHop) {
		hopByHop.stream().map(AsciiString::cached).forEach((name) -> {
			this.removedFromRequests.add(name);
			this.removedFromResponses.add(name);
		});
		properties.getDefaultFilters().forEach(this::addFilter);
	}

	private void addFilter(FilterDefinition filter) {
		Collection<String> arguments = filter.getArgs().values();
		switch (Objects.requireNonNullElse(filter.getName(), "")) {
			case "RemoveRequestHeader" ->
				arguments.stream().map(AsciiString::cached).forEach(this.removedFromRequests::add);
			case "RemoveResponseHeader" ->
				arguments.stream().map(AsciiString::cached).forEach(this.removedFromResponses::add);
			case "DedupeResponseHeader" -> {
				// Only the request id is sent by both, and it is set here.
			}
			default -> throw new IllegalStateException("The filter " + filter.getName()
					+ " is not known to the short way of requests; switch that off with lectern.relay.enabled=false.");
		}
	}

	/** Return the headers of the request to the service, all but that of its host. */
	HttpHeaders forService(HttpServerRequest request, String requestId) {
		HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
		headers.set(request.requestHeaders());
		this.removedFromRequests.forEach(headers::remove);
		setForwarded(headers, request);
		headers.set(REQUEST_ID, requestId);
		if (!headers.contains(HttpHeaderNames.USER_AGENT)) {
			headers.set(HttpHeaderNames.USER_AGENT, USER_AGENT);
		}
		if (!headers.contains(HttpHeaderNames.ACCEPT)) {
			headers.set(HttpHeaderNames.ACCEPT, ACCEPT_ALL);
		}
		return headers;
	}

	/** The headers of the client are replaced by what the gateway sees. */
	private static void setForwarded(HttpHeaders headers, HttpServerRequest request) {
		String host = headers.get(HttpHeaderNames.HOST, "");
		String scheme = request.scheme();
		String defaultPort = scheme.equals(HTTPS) ? "443" : "80";
		int colon = host.indexOf(':');
		String port = (colon < 0) ? defaultPort : host.substring(colon + 1);
		InetSocketAddress client = Objects.requireNonNull(request.remoteAddress());
		headers.set(FORWARDED_FOR, client.getAddress().getHostAddress());
		headers.set(FORWARDED_PROTO, scheme);
		headers.set(FORWARDED_HOST, (colon >= 0 && port.equals(defaultPort)) ? host.substring(0, colon) : host);
		headers.set(FORWARDED_PORT, port);
	}

	/**
	 * Write the headers of a service's response.
	 * @param received the service's headers, which are changed
	 */
	void writeToClient(HttpHeaders received, HttpHeaders response, HttpResponseStatus status, String requestId,
			boolean secure) {
		removeNamedByConnection(received);
		this.removedFromResponses.forEach(received::remove);
		response.add(received);
		response.set(REQUEST_ID, requestId);
		if (!response.contains(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			// It is not public, and differs for a page of another origin.
			response.add(VARY, ORIGIN);
		}
		SecurityHeaders.addMissing(response, status.code(), secure);
	}

	private static void removeNamedByConnection(HttpHeaders received) {
		for (String connection : received.getAll(HttpHeaderNames.CONNECTION)) {
			if (!HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(connection)) {
				for (String name : connection.split(",")) {
					received.remove(name.strip());
				}
			}
		}
	}

}
