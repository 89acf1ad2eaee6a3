package lectern.web;

import java.io.IOException;

import org.springframework.boot.logging.StackTracePrinter;
import org.springframework.boot.logging.StandardStackTracePrinter;

/**
 * Prints the stack traces in logs of JSON, without what is suppressed: there Reactor
 * names the path of the request, with a handle and the query.
 */
public class LoggedStackTracePrinter implements StackTracePrinter {

	private static final int MAX_FRAMES = 15;

	private static final StackTracePrinter PRINTER = StandardStackTracePrinter.rootLast()
		.withMaximumThrowableDepth(MAX_FRAMES)
		.withoutSuppressed();

	@Override
	public void printStackTrace(Throwable failure, Appendable output) throws IOException {
		PRINTER.printStackTrace(failure, output);
	}

}
