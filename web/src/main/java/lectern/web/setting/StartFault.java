package lectern.web.setting;

import io.netty.channel.unix.Errors.NativeIoException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Tells why a start has failed: because of something that stays until somebody changes
 * it, such as a wrong setting, or because of something that may pass, such as a database
 * that is away.
 */
public final class StartFault {

	/**
	 * The exit code of a process whose start would fail in the same way again:
	 * {@code EX_CONFIG} of {@code sysexits.h}. The units of systemd name it.
	 */
	public static final int EXIT_CODE = 78;

	/** The error of {@code bind} for a port that is reserved for root. */
	private static final int EACCES = -13;

	private StartFault() {
	}

	/**
	 * Return whether a start that has failed would fail in the same way again. What is
	 * not known to be permanent is not.
	 */
	public static boolean isPermanent(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = nextCause(cause)) {
			if (isFaultOfSetting(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isFaultOfSetting(Throwable cause) {
		return switch (cause) {
			case BindException _, InvalidConfigurationPropertyValueException _ -> true;
			case StartRefusedException refused -> !refused.isTemporary();
			case NativeIoException ex -> ex.expectedErr() == EACCES;
			default -> false;
		};
	}

	private static @Nullable Throwable nextCause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (cause != failure) ? cause : null;
	}

}
