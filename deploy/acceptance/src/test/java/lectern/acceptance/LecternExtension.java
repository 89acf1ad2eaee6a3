package lectern.acceptance;

import java.io.IOException;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides a running Lectern instance, which no other test class uses at the same time.
 */
public class LecternExtension implements BeforeAllCallback, ParameterResolver, AfterAllCallback {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(LecternExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) throws Exception {
		context.getStore(NAMESPACE).put(Lease.class, new Lease(pool(context).borrow()));
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == LecternInstance.class;
	}

	@Override
	public LecternInstance resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return lease(context).instance();
	}

	/** Blocking calls appear only in the log of a service, so the log is searched. */
	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		LecternInstance instance = lease(context).instance();
		try {
			instance.assertNoBlockingCallAndNoLeak();
		}
		finally {
			pool(context).giveBack(instance);
		}
	}

	private static Lease lease(ExtensionContext context) {
		return context.getStore(NAMESPACE).get(Lease.class, Lease.class);
	}

	private static LecternPool pool(ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(LecternPool.class, (_) -> new LecternPool(), LecternPool.class);
	}

	/** Not closed with the class, as JUnit would do with the instance itself. */
	private record Lease(LecternInstance instance) {
	}

}
