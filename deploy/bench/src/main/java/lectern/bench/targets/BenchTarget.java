package lectern.bench.targets;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import lectern.bench.machine.ProcessGroup;

/** A server of event streams that is measured. It runs until it is closed. */
public interface BenchTarget extends AutoCloseable {

	/** What it is called. */
	String name();

	/** The port that subscribers connect to. */
	int port();

	/** The path of the stream they share. */
	String streamPath();

	/**
	 * Write events, and return when they are acknowledged.
	 * @param many how many, all at once if more than one
	 */
	void publish(int many) throws IOException;

	/**
	 * Its processes by their names, in an order.
	 * @throws IOException if one of them is not running
	 */
	Map<String, ProcessGroup> processes() throws IOException;

	/** The names of those processes whose CPU time counts for a delivery. */
	List<String> measuredProcesses();

	/** Give back the memory that is not used, as far as it can be asked to. */
	void collectGarbage() throws IOException;

	@Override
	void close() throws IOException;

}
