package lectern.acceptance.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * Sends requests to a port, each on a connection of its own, by several clients at once,
 * and counts how they are answered.
 */
final class RequestFlood {

	private static final int CLIENTS = 8;

	private static final int STATUS_LINE_BYTES = 12;

	private final int port;

	private final List<byte[]> requests;

	private final List<byte[]> cutOff;

	private final AtomicLong next = new AtomicLong();

	private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();

	/**
	 * @param requests what is sent and answered
	 * @param cutOff what is sent by clients that leave at once
	 */
	RequestFlood(int port, List<byte[]> requests, List<byte[]> cutOff) {
		this.port = port;
		this.requests = requests;
		this.cutOff = cutOff;
	}

	/**
	 * Send so many requests, each kind as often as any other, and go on where it ended.
	 */
	void send(int count) throws Exception {
		long end = this.next.get() + count;
		try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
			List<Future<?>> running = java.util.stream.Stream
				.<Future<?>>generate(() -> clients.submit(() -> sendUntil(end)))
				.limit(CLIENTS)
				.toList();
			for (Future<?> one : running) {
				one.get(1, TimeUnit.HOURS);
			}
		}
	}

	private Void sendUntil(long end) throws IOException {
		for (long index = claim(end); index < end; index = claim(end)) {
			int kind = (int) (index % (this.requests.size() + this.cutOff.size()));
			String outcome = (kind < this.requests.size()) ? exchange(this.requests.get(kind))
					: cutOff(this.cutOff.get(kind - this.requests.size()), (index & 1) == 0);
			this.outcomes.computeIfAbsent(outcome, (_) -> new LongAdder()).increment();
		}
		return null;
	}

	private long claim(long end) {
		return this.next.getAndUpdate((index) -> (index < end) ? index + 1 : index);
	}

	private String exchange(byte[] request) throws IOException {
		try (Socket socket = connect()) {
			try {
				socket.getOutputStream().write(request);
			}
			catch (IOException _) {
				// It need not be read whole, and its answer can be there.
			}
			return readStatus(socket.getInputStream());
		}
	}

	private static String readStatus(InputStream input) {
		try {
			byte[] line = input.readNBytes(STATUS_LINE_BYTES);
			return (line.length == STATUS_LINE_BYTES) ? new String(line, ISO_8859_1).substring(9) : "closed";
		}
		catch (SocketTimeoutException _) {
			return "no answer";
		}
		catch (IOException _) {
			return "reset";
		}
	}

	/** With a RST, or with a FIN. */
	private String cutOff(byte[] request, boolean reset) throws IOException {
		try (Socket socket = connect()) {
			socket.setSoLinger(reset, 0);
			socket.getOutputStream().write(request);
		}
		return "left";
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.setTcpNoDelay(true);
		socket.setSoTimeout((int) HANG_LIMIT.toMillis());
		return socket;
	}

	/** Return how often each status was the answer, and how often there was none. */
	Map<String, Long> outcomes() {
		Map<String, Long> counts = new TreeMap<>();
		this.outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
		return counts;
	}

}
