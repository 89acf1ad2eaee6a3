package lectern.launcher.demo;

import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the demo gets from the launcher.
 *
 * @param gateway the address of the gateway
 * @param adminPassword the password of the account {@code admin}, which is a curator
 * @param console prints lines for the user
 */
public record DemoSettings(URI gateway, DemoStore store, Supplier<String> adminPassword, Consumer<String> console) {

}
