package lectern.progress;

import java.time.Duration;
import java.time.Instant;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;

/** A reading as its reader's client uses it. */
public final class TestReading {

	private final String id;

	private final String path;

	private final TestApiClient client;

	TestReading(String id, String path, TestApiClient client) {
		this.id = id;
		this.path = path;
		this.client = client;
	}

	public String id() {
		return this.id;
	}

	/** Return the path of the reading in the API. */
	public String path() {
		return this.path;
	}

	/** Return the reading at the same path for another client. */
	public TestReading as(TestApiClient other) {
		return new TestReading(this.id, this.path, other);
	}

	/** Return the reading with a client that sends {@code If-Match}. */
	public TestReading ifMatch(String tags) {
		return as(this.client.ifMatch(tags));
	}

	/** Return the reading with a client that sends {@code Idempotency-Key}. */
	public TestReading idempotencyKey(String key) {
		return as(this.client.idempotencyKey(key));
	}

	public TestApiResponse get() {
		return get("");
	}

	/** Send GET for the reading or something below it. */
	public TestApiResponse get(String belowOrQuery) {
		return this.client.get(this.path + belowOrQuery);
	}

	public TestApiResponse report(double fraction) {
		return report("{\"fraction\":%s}".formatted(fraction));
	}

	public TestApiResponse report(double fraction, Instant occurredAt) {
		return report("{\"fraction\":%s,\"occurredAt\":\"%s\"}".formatted(fraction, occurredAt));
	}

	public TestApiResponse report(String json) {
		return command("/positions", json);
	}

	/** Report a steady pace: ten days ago until now, from 0 to 0.5 of the book. */
	public void reportForTenDays() {
		for (int day = 0; day <= 10; day++) {
			report(day * 0.05, Instant.now().minus(Duration.ofDays(10 - day))).assertStatus(200);
		}
	}

	public TestApiResponse finish() {
		return command("/finish");
	}

	public TestApiResponse reopen() {
		return command("/reopen");
	}

	public TestApiResponse abandon() {
		return command("/abandon");
	}

	public TestApiResponse resume() {
		return command("/resume");
	}

	/** Restore the position of a cursor or an instant. */
	public TestApiResponse restore(Object to) {
		return command("/restore", "{\"to\":\"%s\"}".formatted(to));
	}

	public TestApiResponse plan(Object finishBy) {
		return putPlan("{\"finishBy\":\"%s\"}".formatted(finishBy));
	}

	public TestApiResponse putPlan(String json) {
		return this.client.put(this.path + "/plan", json);
	}

	/** Send a merge patch. */
	public TestApiResponse patch(String json) {
		return this.client.patch(this.path, json);
	}

	/** Remove the reading. */
	public TestApiResponse remove() {
		return this.client.delete(this.path);
	}

	public TestApiResponse removePlan() {
		return this.client.delete(this.path + "/plan");
	}

	/** Send a command without content, such as {@code /finish}. */
	public TestApiResponse command(String name) {
		return this.client.post(this.path + name);
	}

	/** Send a command, such as {@code /finish}; a plan is sent with PUT. */
	public TestApiResponse command(String name, String json) {
		return name.equals("/plan") ? putPlan(json) : this.client.post(this.path + name, json);
	}

}
