package lectern.acceptance;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The meters that enums declare in the main code of all modules. */
public final class DocumentedMeters {

	private DocumentedMeters() {
	}

	/** Their dotted names. */
	public static List<String> names() throws IOException, ReflectiveOperationException {
		return callEach("getName");
	}

	/** Their rows in the table of meters. */
	static List<String> rows() throws IOException, ReflectiveOperationException {
		return callEach("toTableRow");
	}

	private static List<String> callEach(String method) throws IOException, ReflectiveOperationException {
		List<String> values = new ArrayList<>();
		try (URLClassLoader classes = new URLClassLoader(mainFolders(), DocumentedMeters.class.getClassLoader())) {
			for (String name : enumNames()) {
				for (Object meter : Class.forName(name, true, classes).getEnumConstants()) {
					values.add((String) meter.getClass().getMethod(method).invoke(meter));
				}
			}
		}
		return values;
	}

	private static List<String> enumNames() {
		return new ClassFileImporter().importPaths(Modules.mainFolders().toList())
			.stream()
			.filter((type) -> type.isEnum() && type.isAssignableTo("lectern.streaming.meter.DocumentedMeter"))
			.sorted(Comparator.comparing(JavaClass::getSimpleName).reversed())
			.map(JavaClass::getName)
			.toList();
	}

	private static URL[] mainFolders() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (Path folder : Modules.mainFolders().toList()) {
			urls.add(folder.toUri().toURL());
		}
		return urls.toArray(URL[]::new);
	}

}
