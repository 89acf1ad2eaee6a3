package lectern.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides the shared Lectern instance, which is stopped after the last test. */
class LecternExtension implements ParameterResolver, AfterAllCallback {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(LecternExtension.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == LecternInstance.class;
	}

	@Override
	public LecternInstance resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(LecternInstance.class, (_) -> start(), LecternInstance.class);
	}

	/** Blocking calls appear only in the log of a service, so the log is searched. */
	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		LecternInstance running = context.getRoot()
			.getStore(NAMESPACE)
			.get(LecternInstance.class, LecternInstance.class);
		if (running != null) {
			running.assertNoBlockingCallAndNoLeak();
		}
	}

	private static LecternInstance start() {
		try {
			return LecternInstance.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
