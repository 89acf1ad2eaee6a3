package lectern.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import lectern.web.AllowedBlockingCalls;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** BlockHound as an agent for another process, with the calls that we allow. */
final class BlockingDetectionAgent {

	private BlockingDetectionAgent() {
	}

	/** The JVM options that detect blocked event loops. */
	static String jvmOptions(Path folder) throws IOException {
		return "-javaagent:" + writeAgentJar(folder) + " -XX:+AllowRedefinitionToAddDeleteMethods";
	}

	/**
	 * A jar with BlockHound's agent as its premain class and the list of allowed calls.
	 */
	private static Path writeAgentJar(Path folder) throws IOException {
		Manifest manifest = new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.put(Attributes.Name.CLASS_PATH,
				BlockHound.class.getProtectionDomain().getCodeSource().getLocation().toString());
		attributes.putValue("Premain-Class", BlockHound.class.getName());
		attributes.putValue("Can-Retransform-Classes", "true");
		attributes.putValue("Can-Redefine-Classes", "true");
		attributes.putValue("Can-Set-Native-Method-Prefix", "true");
		Path agent = folder.resolve("no-blocking.jar");
		String allowed = AllowedBlockingCalls.class.getName().replace('.', '/') + ".class";
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(agent), manifest);
				InputStream code = BlockingDetectionAgent.class.getClassLoader().getResourceAsStream(allowed)) {
			jar.putNextEntry(new ZipEntry(allowed));
			code.transferTo(jar);
			jar.putNextEntry(new ZipEntry("META-INF/services/" + BlockHoundIntegration.class.getName()));
			jar.write(AllowedBlockingCalls.class.getName().getBytes(StandardCharsets.UTF_8));
		}
		return agent;
	}

}
