package lectern.progress.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import lectern.progress.ReadingFixture;
import lectern.progress.TestReader;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Forecasts over HTTP. */
class ForecastControllerIntegrationTests extends ReadingFixture {

	@Test
	void newReadingHasTooLittleDataForForecast() {
		TestApiResponse response = this.reading.get("/forecast")
			.assertStatus(200)
			.assertCursor()
			.assertHeader("Cache-Control", "private, no-store")
			.assertMember("/state", "too-little-to-tell")
			.assertMember("/reason", "too-few-reports");
		assertThat(response.json().propertyNames()).containsExactlyInAnyOrder("state", "reason", "at");
		assertThat(response.etag()).startsWith("\"1-");
	}

	@Test
	void readingWithPaceAndPlanHasForecast() {
		this.reading.reportForTenDays();
		this.reading.plan(inDays(90)).assertStatus(201);
		TestApiResponse forecast = this.reading.get("/forecast")
			.assertStatus(200)
			.assertMember("/state", "expected")
			.assertMember("/probability", 0.8)
			.assertMember("/basis/reports", 11)
			.assertMember("/plan/onTime", true);
		assertThat(instant(forecast, "/expected")).isBetween(inDays(6), inDays(16))
			.isBetween(instant(forecast, "/earliest"), instant(forecast, "/latest"));
		assertThat(forecast.at("/pace/perDay").asDouble()).isBetween(0.04, 0.06);
		assertThat(Duration.parse(forecast.at("/basis/over").stringValue()).toDays()).isEqualTo(10);
		assertThat(forecast.at("/plan/probability").asDouble()).isBetween(0.9, 1.0);
	}

	@Test
	void endedReadingHasNoForecast() {
		this.reading.finish().assertStatus(200);
		TestApiResponse finished = this.reading.get("/forecast").assertMember("/state", "finished");
		assertThat(instant(finished, "/since")).isBefore(inDays(1));
		this.reading.reopen().assertStatus(200);
		this.reading.abandon().assertStatus(200);
		this.reading.get("/forecast").assertMember("/state", "abandoned");
	}

	@Test
	void forecastOfOtherReadersReadingIsRejected() {
		TestReader other = PROGRESS.newReader();
		this.reader.reading(UUID.randomUUID().toString()).get("/forecast").assertProblem(404, "not-found");
		this.reader.reading("x").get("/forecast").assertProblem(404, "not-found");
		other.reading(this.reading.id()).get("/forecast").assertProblem(404, "not-found");
		this.reading.as(other.client()).get("/forecast").assertProblem(403, "forbidden");
		this.reading.as(PROGRESS.anonymous()).get("/forecast").assertProblem(401, "unauthenticated");
		this.reading.command("/forecast", "{}").assertProblem(405, "method-not-allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zone=UTC", "seen=1", "seen=", "Seen=a", "limit=1" })
	void forecastRejectsUnknownParameter(String query) {
		this.reading.get("/forecast?" + query).assertInvalidParameter(query.substring(0, query.indexOf('=')));
	}

	@Test
	void forecastWaitsForSeenCursor() {
		String cursor = this.reading.finish().cursor();
		this.reading.get("/forecast?seen=" + cursor).assertStatus(200).assertMember("/state", "finished");
	}

	private static Instant instant(TestApiResponse response, String pointer) {
		return Instant.parse(response.at(pointer).stringValue());
	}

	private static Instant inDays(int number) {
		return Instant.now().plus(number, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
	}

}
