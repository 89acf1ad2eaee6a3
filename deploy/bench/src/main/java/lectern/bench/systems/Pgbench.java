package lectern.bench.systems;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.bench.machine.Machine;

/**
 * pgbench, PostgreSQL's benchmark: one prepared single-row insert per transaction into a
 * copy of the table of events, with its indexes, in the same database.
 */
public final class Pgbench {

	/** How to install it. */
	public static final String INSTALL_HINT = "apt-get install postgresql-contrib";

	private static final Pattern TPS = Pattern.compile("(?m)^tps = ([0-9.]+)");

	private static final String CREATE_TABLE = """
			create schema if not exists bench;
			create table if not exists bench.event (like public.event including all);
			create sequence if not exists bench.position;
			""";

	private static final String INSERT = """
			insert into bench.event (position, stream, version, reader, type, book, occurred_at, received_at, data)
			values (nextval('bench.position'), 'client-' || :client_id, currval('bench.position'), 'bench-' || :client_id,
			'position-reported', 'bench', clock_timestamp(), clock_timestamp(), '%s');
			""";

	private final LecternProcess lectern;

	private final String data;

	private Pgbench(LecternProcess lectern, String data) {
		this.lectern = lectern;
		this.data = data;
	}

	/** Return whether pgbench is installed. */
	public static boolean isInstalled() {
		return !version().isEmpty();
	}

	/** Return the version; empty if it is not installed. */
	public static String version() {
		return Machine.firstOutputLine("pgbench", "--version");
	}

	/**
	 * Create the table.
	 * @param data the JSON data of every inserted row
	 */
	static Pgbench prepare(LecternProcess lectern, String data) throws IOException {
		new LecternDatabase(lectern).execute("progress", CREATE_TABLE);
		return new Pgbench(lectern, data);
	}

	/**
	 * Insert rows for the given time.
	 * @return transactions per second
	 */
	public double run(int clients, Duration length) throws IOException {
		Path script = Files.writeString(Files.createTempFile("lectern-bench", ".sql"),
				INSERT.replace("\n", " ").formatted(this.data));
		try {
			ProcessBuilder builder = new ProcessBuilder(List.of("pgbench", "--no-vacuum", "--protocol=prepared",
					"--client=" + clients, "--jobs=2", "--time=" + length.toSeconds(), "--file=" + script,
					"--host=127.0.0.1", "--port=" + (this.lectern.port() + 3), "--username=progress", "progress"));
			builder.environment().put("PGPASSWORD", this.lectern.databasePassword("progress"));
			Process process = builder.redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			Matcher rate = TPS.matcher(output);
			if (!rate.find()) {
				throw new IOException("pgbench failed:\n" + output);
			}
			return Double.parseDouble(rate.group(1));
		}
		finally {
			Files.delete(script);
		}
	}

}
