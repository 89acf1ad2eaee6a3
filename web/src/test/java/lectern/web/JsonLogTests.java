package lectern.web;

import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** The lines of requests in the format of {@code LECTERN_LOG_FORMAT=json}. */
class JsonLogTests {

	@Test
	void idsAreMembers() {
		Logger logger = (Logger) LoggerFactory.getLogger("lectern.request");
		ListAppender<ILoggingEvent> events = new ListAppender<>();
		events.start();
		logger.addAppender(events);
		try {
			IllegalStateException failure = new IllegalStateException("line\nbreak");
			failure.addSuppressed(new IllegalStateException("*__checkpoint ⇢ HTTP GET \"/readers/ada-lovelace\""));
			RequestLog.failed(new LoggedRequest("an-id-of-a-request", "an-id-of-a-trace", "GET", "/readers/{reader}"),
					failure, Problem.of(ProblemType.INTERNAL, "Lectern failed to process the request."));
		}
		finally {
			logger.detachAppender(events);
		}
		String lines = encode(events.list.getFirst());
		JsonNode line = JsonMapper.shared().readTree(lines);
		assertThat(lines.lines()).hasSize(1);
		assertThat(line.path("message").asString()).isEqualTo("java.lang.IllegalStateException: line break");
		assertThat(line.path("level").asString()).isEqualTo("ERROR");
		assertThat(line.path("requestId").asString()).isEqualTo("an-id-of-a-request");
		assertThat(line.path("traceId").asString()).isEqualTo("an-id-of-a-trace");
		assertThat(line.path("path").asString()).isEqualTo("/readers/{reader}");
		assertThat(line.path("status").asInt()).isEqualTo(500);
		assertThat(line.path("stack_trace").asString()).contains("JsonLogTests.idsAreMembers")
			.doesNotContain("ada-lovelace");
	}

	private static String encode(ILoggingEvent event) {
		LoggerContext context = new LoggerContext();
		context.putObject(Environment.class.getName(), new MockEnvironment()
			.withProperty("logging.structured.json.stacktrace.printer", LoggedStackTracePrinter.class.getName()));
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat("logstash");
		encoder.start();
		return new String(encoder.encode(event), StandardCharsets.UTF_8);
	}

}
