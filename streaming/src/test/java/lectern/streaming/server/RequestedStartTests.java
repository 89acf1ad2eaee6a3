package lectern.streaming.server;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import lectern.web.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestedStartTests {

	@Test
	void headerComesBeforeLastEventIdAndThatBeforeAfter() {
		assertThat(of("?lastEventId=b&after=start", "a").text()).isEqualTo("a");
		assertThat(of("?lastEventId=b&after=start", "").text()).isEqualTo("b");
		assertThat(of("?lastEventId=&after=start", "").text()).isEqualTo("start");
		assertThat(of("?after=", "").text()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "2026-11-28", "2026-11-28T12:00:00", "2026-11-28T12:00:00 02:00", "START", "-",
			"a-zzzzzzzzzzzzzzzzzzzzz", "2999-01-01T00:00:00Z" })
	void malformedOrFutureAfterIsRejected(String after) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> of("?after=" + after, ""))
			.satisfies((problem) -> assertThat(problem.violations()).singleElement()
				.satisfies((violation) -> assertThat(violation.parameter()).isEqualTo("after")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "epoch0000000-1a", "2026-01-01T00:00:00Z", "2026-01-01T02:00:00.5+02:00",
			"0001-01-01T00:00:00Z" })
	void readableAfterMayStillBeRejected(String after) {
		RequestedStart start = of("?after=" + after.replace("+", "%2B"), "");
		assertThat(start.mayBeRejected()).isTrue();
		assertThat(start.id()).isEqualTo(after);
	}

	/** A client that resumes would give up for good. */
	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "2026-11-28", "2999-01-01T00:00:00Z" })
	void idOfResumingClientIsNeverRejected(String id) {
		for (RequestedStart start : List.of(of("", id), of("?after=nonsense", id), of("?lastEventId=" + id, ""))) {
			assertThat(start.text()).isEqualTo(id);
			assertThat(start.mayBeRejected()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%0Ab", "%00", "%C3%A9", "a%20b" })
	void idThatIsNoHeaderIsReplaced(String encoded) {
		ServerHttpRequest request = MockServerHttpRequest.method(HttpMethod.GET, URI.create("/?lastEventId=" + encoded))
			.build();
		assertThat(RequestedStart.of(request)).isEqualTo(new RequestedStart("unreadable", false));
	}

	@Test
	void clocksMayDifferByTwoSeconds() {
		assertThat(of("?after=" + Instant.now().plusMillis(1_500), "").isInFuture()).isFalse();
		assertThat(of("", Instant.now().plusSeconds(10).toString()).isInFuture()).isTrue();
	}

	private static RequestedStart of(String query, String lastEventId) {
		ServerHttpRequest request = MockServerHttpRequest
			.method(HttpMethod.GET, URI.create("/events" + query.replace(" ", "%20")))
			.header("Last-Event-ID", lastEventId)
			.build();
		return RequestedStart.of(request);
	}

}
