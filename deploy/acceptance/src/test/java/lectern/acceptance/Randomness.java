package lectern.acceptance;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets event loops draw random bytes. They are read from a file, which BlockHound
 * refuses, but from one that never keeps anybody waiting; signing in to the database
 * needs them.
 */
public class Randomness implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
	}

}
