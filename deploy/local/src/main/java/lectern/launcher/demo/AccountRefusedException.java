package lectern.launcher.demo;

/**
 * An account of the demo cannot sign in: it was erased, its password was changed, or
 * somebody else has its handle.
 */
@SuppressWarnings("serial")
final class AccountRefusedException extends DemoException {

	AccountRefusedException(String userMessage) {
		super(userMessage);
	}

}
