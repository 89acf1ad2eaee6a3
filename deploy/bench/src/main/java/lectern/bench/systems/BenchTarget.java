package lectern.bench.systems;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import lectern.bench.machine.ProcessGroup;

/** A measured server of event streams. It runs until it is closed. */
public interface BenchTarget extends AutoCloseable {

	/** Return the name shown in results. */
	String name();

	/** Return the port that subscribers connect to. */
	int port();

	/** Return the path of the shared stream. */
	String streamPath();

	/**
	 * Write events and return when they are acknowledged.
	 * @param count the number of events, which are written together
	 */
	void publish(int count) throws IOException;

	/**
	 * Return the processes by name, in the order in which they are shown.
	 * @throws IOException if one of them is not running
	 */
	Map<String, ProcessGroup> processes() throws IOException;

	/** Return the names of the processes whose CPU time is compared. */
	List<String> measuredProcesses();

	/** Free unused memory, as far as the target supports it. */
	void collectGarbage() throws IOException;

	@Override
	void close() throws IOException;

}
