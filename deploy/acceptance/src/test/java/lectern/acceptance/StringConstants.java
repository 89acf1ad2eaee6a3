package lectern.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.StringEntry;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The strings in the constant pool of a class, such as its SQL. */
final class StringConstants {

	private StringConstants() {
	}

	/** The class file of a class that was imported from a file. */
	static ClassModel classFile(JavaClass type) {
		try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
			return ClassFile.of().parse(bytes.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<String> of(JavaClass type) {
		return StreamSupport.stream(classFile(type).constantPool().spliterator(), false)
			.filter(StringEntry.class::isInstance)
			.map((entry) -> ((StringEntry) entry).stringValue())
			.toList();
	}

	/** Satisfied by a class with a string in which the expression is found. */
	static ArchCondition<JavaClass> containMatch(String expression) {
		Pattern pattern = Pattern.compile(expression);
		return new ArchCondition<>("contain a string that matches " + expression) {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				List<String> found = of(type).stream().filter((text) -> pattern.matcher(text).find()).toList();
				events.add(new SimpleConditionEvent(type, !found.isEmpty(), type.getName() + " contains " + found));
			}
		};
	}

}
