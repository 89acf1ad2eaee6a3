package lectern.bench.systems;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.bench.machine.ProcessGroup;

/** Lectern. Writes and subscriptions go through the gateway. */
public final class LecternTarget implements BenchTarget {

	/** The gateway, which holds the subscribers' connections. */
	public static final String GATEWAY = "gateway";

	/** The service that serves private streams. */
	public static final String PROGRESS = "progress-service";

	/** The service that serves books. */
	public static final String CATALOG = "catalog-service";

	private static final int MANAGEMENT_OFFSET = 1000;

	private final LecternProcess lectern;

	private final CatalogWriter catalogWriter;

	private LecternTarget(LecternProcess lectern, CatalogWriter catalogWriter) {
		this.lectern = lectern;
		this.catalogWriter = catalogWriter;
	}

	/**
	 * Start a Lectern with a new data folder.
	 * @param root the project's folder
	 * @param javaOptions additional JVM options for the services
	 */
	public static LecternTarget start(Path root, String javaOptions) throws IOException {
		return signIn(LecternProcess.start(root, javaOptions));
	}

	/**
	 * Start a Lectern on a folder that is kept.
	 * @param root the project's folder
	 * @param javaOptions additional JVM options for the services
	 * @param caches the folder of AOT caches
	 */
	public static LecternTarget start(Path root, String javaOptions, LecternFolder folder, Path caches)
			throws IOException {
		return signIn(LecternProcess.start(root, javaOptions, folder, caches));
	}

	private static LecternTarget signIn(LecternProcess lectern) throws IOException {
		try {
			return new LecternTarget(lectern, CatalogWriter.signIn(lectern));
		}
		catch (IOException | IllegalStateException ex) {
			lectern.close();
			throw ex;
		}
	}

	@Override
	public String name() {
		return "Lectern";
	}

	@Override
	public int port() {
		return this.lectern.port();
	}

	@Override
	public String streamPath() {
		return "/api/v1/catalog/events";
	}

	@Override
	public void publish(int count) throws IOException {
		if (count == 1) {
			this.catalogWriter.updateBook();
		}
		else {
			this.catalogWriter.addBooks(count);
		}
	}

	@Override
	public Map<String, ProcessGroup> processes() throws IOException {
		Map<String, ProcessGroup> all = new LinkedHashMap<>();
		for (String program : List.of(GATEWAY, CATALOG, PROGRESS, "postgresql")) {
			all.put(program, this.lectern.processGroup(program));
		}
		return all;
	}

	@Override
	public List<String> measuredProcesses() {
		return List.of(GATEWAY, CATALOG);
	}

	@Override
	public void collectGarbage() throws IOException {
		for (String service : List.of(GATEWAY, CATALOG, PROGRESS)) {
			this.lectern.collectGarbage(service);
		}
	}

	/** Return the time from the command until Lectern was ready. */
	public Duration startTime() {
		return this.lectern.startTime();
	}

	/** Return the port of catalog-service. */
	public int catalogPort() {
		return this.lectern.port() + 1;
	}

	/** Return the port of progress-service. */
	public int progressPort() {
		return this.lectern.port() + 2;
	}

	/** Return the port of progress-service on which it serves its meters. */
	public int progressManagementPort() {
		return progressPort() + MANAGEMENT_OFFSET;
	}

	/** Return the ports on which the services serve their meters. */
	public List<Integer> managementPorts() {
		return List.of(port() + MANAGEMENT_OFFSET, catalogPort() + MANAGEMENT_OFFSET, progressManagementPort());
	}

	/**
	 * Prepare pgbench on the database of progress-service.
	 * @param data the JSON data of every inserted event row
	 */
	public Pgbench pgbench(String data) throws IOException {
		return Pgbench.prepare(this.lectern, data);
	}

	/** Return an import of an NDJSON file, sent directly to catalog-service. */
	public MeasuredImport prepareImport(Path file) throws IOException {
		return new MeasuredImport(this.lectern.port() + 1, this.catalogWriter.authorization(), file,
				this.lectern.processGroup(CATALOG));
	}

	/** Run a garbage collection and return the used heap of a service in bytes. */
	public long heapAfterCollection(String service) throws IOException {
		this.lectern.collectGarbage(service);
		return this.lectern.heapUsed(service);
	}

	/** Return the database. */
	public LecternDatabase database() {
		return new LecternDatabase(this.lectern);
	}

	@Override
	public void close() throws IOException {
		this.catalogWriter.close();
		this.lectern.close();
	}

}
