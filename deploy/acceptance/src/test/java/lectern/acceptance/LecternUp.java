package lectern.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one Lectern of the run, which is stopped after the last of them. */
class LecternUp implements ParameterResolver, AfterAllCallback {

	private static final ExtensionContext.Namespace RUN = ExtensionContext.Namespace.create(LecternUp.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Lectern.class;
	}

	@Override
	public Lectern resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot().getStore(RUN).computeIfAbsent(Lectern.class, (_) -> up(), Lectern.class);
	}

	/** Blocking is noted in a log, not seen by who asked: so it is looked for. */
	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		Lectern running = context.getRoot().getStore(RUN).get(Lectern.class, Lectern.class);
		if (running != null) {
			running.assertNothingBlocked();
		}
	}

	private static Lectern up() {
		try {
			return Lectern.up();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
