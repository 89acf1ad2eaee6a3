package lectern.bench.targets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.bench.machine.ProcessGroup;

/** Lectern: written to and subscribed to through the gateway. */
public final class LecternTarget implements BenchTarget {

	/** The service whose memory and descriptors subscribers cost. */
	public static final String GATEWAY = "gateway";

	/** The service of private streams. */
	public static final String PROGRESS = "progress-service";

	/** The service of books. */
	public static final String CATALOG = "catalog-service";

	private final LecternProcess lectern;

	private final CatalogWriter catalogWriter;

	private LecternTarget(LecternProcess lectern, CatalogWriter curator) {
		this.lectern = lectern;
		this.catalogWriter = curator;
	}

	/**
	 * Start a Lectern over a new data folder.
	 * @param root the project's folder
	 * @param javaOptions more options for the Java of its services
	 */
	public static LecternTarget start(Path root, String javaOptions) throws IOException {
		LecternProcess lectern = LecternProcess.start(root, javaOptions);
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
	public void publish(int many) throws IOException {
		if (many == 1) {
			this.catalogWriter.updateBook();
		}
		else {
			this.catalogWriter.addBooks(many);
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

	/** The port of catalog-service, behind the gateway. */
	public int catalogPort() {
		return this.lectern.port() + 1;
	}

	/** The port of progress-service, behind the gateway. */
	public int progressPort() {
		return this.lectern.port() + 2;
	}

	/**
	 * PostgreSQL's own bench against its database.
	 * @param data what every row holds of an event's data, JSON
	 */
	public Pgbench pgbench(String data) throws IOException {
		return Pgbench.prepare(this.lectern, data);
	}

	/** An import of NDJSON from a file, straight to the service. */
	public MeasuredImport prepareImport(Path file) throws IOException {
		return new MeasuredImport(this.lectern.port() + 1, this.catalogWriter.authorization(), file,
				this.lectern.processGroup(CATALOG));
	}

	/** What the heap of a service holds after a collection, in bytes. */
	public long heapAfterCollection(String service) throws IOException {
		this.lectern.collectGarbage(service);
		return this.lectern.heapUsed(service);
	}

	/** Its database. */
	public LecternDatabase database() {
		return new LecternDatabase(this.lectern);
	}

	@Override
	public void close() throws IOException {
		this.catalogWriter.close();
		this.lectern.close();
	}

}
