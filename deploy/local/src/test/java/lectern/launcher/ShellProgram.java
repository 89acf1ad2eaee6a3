package lectern.launcher;

import java.util.List;
import java.util.Map;

/**
 * A line of shell that is supervised.
 *
 * @param name its name
 * @param script what the shell runs
 * @param ready what it says when asked whether it is ready
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
