package lectern.launcher;

import java.util.List;
import java.util.Map;

/**
 * A supervised shell script.
 *
 * @param name the program's name
 * @param script the script
 * @param ready whether it counts as ready
 */
record ShellProgram(String name, String script, boolean ready) implements Program {

	@Override
	public List<String> command() {
		return List.of("/bin/sh", "-c", this.script);
	}

	@Override
	public Map<String, String> environment() {
		return Map.of("PATH", "/usr/bin:/bin");
	}

	@Override
	public boolean isReady(ProcessHandle process) {
		return this.ready;
	}

}
