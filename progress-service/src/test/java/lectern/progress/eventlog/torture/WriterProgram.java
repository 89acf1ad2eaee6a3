package lectern.progress.eventlog.torture;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * The main program of a writer process. The writers print the outcome of each event to
 * standard output. The process exits when its standard input is closed, so that it does
 * not outlive its test.
 */
final class WriterProgram {

	static final String READY = "READY";

	private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

	private WriterProgram() {
	}

	/**
	 * Run the writers.
	 * @param arguments the database, a unique name, and the profile of each writer
	 */
	public static void main(String[] arguments) throws IOException {
		System.setOut(System.err);
		LogNode node = LogNode.start(arguments[0], arguments[1]);
		print(READY);
		Disposable writing = Flux.range(2, arguments.length - 2)
			.flatMap((at) -> WriterProfile.valueOf(arguments[at])
				.write(new EventWriter(node, arguments[1] + "/" + at, (outcome, text) -> print(outcome + " " + text))))
			.subscribe((_) -> {
			}, WriterProgram::fail);
		while (System.in.read() != -1) {
			continue;
		}
		writing.dispose();
		Runtime.getRuntime().halt(0);
	}

	private static void fail(Throwable failure) {
		failure.printStackTrace();
		Runtime.getRuntime().halt(1);
	}

	/** Prints in one write, so that a killed process prints whole lines only. */
	private static void print(String line) {
		try {
			OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
