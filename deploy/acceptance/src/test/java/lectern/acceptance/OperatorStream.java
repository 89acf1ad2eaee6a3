package lectern.acceptance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** An operator who watches the state of all services. */
final class OperatorStream implements AutoCloseable {

	private final RecordingStreamClient subscriber;

	private OperatorStream(RecordingStreamClient subscriber) {
		this.subscriber = subscriber;
	}

	static OperatorStream open(LecternInstance lectern) {
		return new OperatorStream(lectern.subscribe("/api/v1/operations/events",
				Map.of("Authorization", "Bearer " + lectern.adminToken())));
	}

	Snapshot next() throws InterruptedException {
		return new Snapshot(this.subscriber.nextEvent().data());
	}

	/** Wait for a snapshot that satisfies a condition. */
	Snapshot await(Predicate<Snapshot> condition) throws InterruptedException {
		long until = System.nanoTime() + LecternInstance.RESTART_TIMEOUT.toNanos();
		Snapshot snapshot = next();
		while (!condition.test(snapshot)) {
			assertThat(System.nanoTime()).as("waiting, with this as the latest: " + snapshot).isLessThan(until);
			snapshot = next();
		}
		return snapshot;
	}

	/**
	 * Return all snapshots so far and those that follow until one shows every service up.
	 */
	List<Snapshot> readUntilAllUp() throws InterruptedException {
		long now = System.nanoTime();
		List<Snapshot> snapshots = new ArrayList<>();
		RecordingStreamClient.ReceivedFrame frame;
		do {
			frame = this.subscriber.nextEvent();
			snapshots.add(new Snapshot(frame.data()));
		}
		while (frame.receivedAt() < now || !snapshots.getLast().isAllUp());
		return snapshots;
	}

	/** Wait for the control event that ends the stream, and return its data. */
	JsonNode awaitEnd() throws InterruptedException {
		RecordingStreamClient.ReceivedFrame frame = this.subscriber.nextFrame();
		while (!frame.field("event").equals("end")) {
			frame = this.subscriber.nextFrame();
		}
		return frame.data();
	}

	@Override
	public void close() throws IOException {
		this.subscriber.close();
	}

	/**
	 * The state and the metrics of all services at one moment.
	 *
	 * @param json as received
	 */
	record Snapshot(JsonNode json) {

		/** {@code up} or {@code down}. */
		String state(String service) {
			return service(service).path("state").asString();
		}

		boolean isAllUp() {
			return Modules.SERVICES.stream().allMatch((service) -> state(service).equals("up"));
		}

		List<String> metricNames(String service) {
			return service(service).path("metrics")
				.valueStream()
				.map((metric) -> metric.path("name").asString())
				.toList();
		}

		private JsonNode service(String service) {
			return this.json.path("services")
				.valueStream()
				.filter((each) -> each.path("service").asString().equals(service))
				.findFirst()
				.orElseThrow();
		}

	}

}
