package lectern.acceptance;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every type of problem that any module can answer has a page with its title and status.
 */
class ProblemPageTests {

	private static final String PROBLEM_TYPE = "lectern/web/ProblemType";

	private static final String HTTP_STATUS = "org/springframework/http/HttpStatus";

	@Test
	void everyProblemTypeOfEveryModuleHasPage() {
		Map<String, DocumentedProblem> types = problemTypes();
		assertThat(types).hasSizeGreaterThan(30)
			.containsKeys("not-found", "reading-finished", "path-cycle", "too-many-streams");
		assertThat(DocumentedProblem.readAll()).containsAllEntriesOf(types);
	}

	/** What the class files construct: a name, a status and a title, in this order. */
	private static Map<String, DocumentedProblem> problemTypes() {
		Map<String, DocumentedProblem> found = new TreeMap<>();
		for (JavaClass type : new ClassFileImporter().importPaths(Modules.mainFolders().toList())) {
			ClassModel file = StringConstants.classFile(type);
			file.methods()
				.stream()
				.flatMap((method) -> constructions(method).stream())
				.forEach((problem) -> found.put(problem.name(), problem));
		}
		return found;
	}

	private static List<DocumentedProblem> constructions(MethodModel method) {
		List<DocumentedProblem> constructed = new ArrayList<>();
		List<String> strings = new ArrayList<>();
		String status = null;
		for (CodeElement element : method.code().map((code) -> code.elementList()).orElse(List.of())) {
			if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof String text) {
				strings.add(text);
			}
			else if (element instanceof FieldInstruction field && field.owner().asInternalName().equals(HTTP_STATUS)) {
				status = field.name().stringValue();
			}
			else if (element instanceof InvokeInstruction call && call.owner().asInternalName().equals(PROBLEM_TYPE)
					&& call.name().equalsString("<init>") && strings.size() >= 2) {
				constructed.add(new DocumentedProblem(strings.get(strings.size() - 2),
						HttpStatus.valueOf(String.valueOf(status)).value(), strings.getLast()));
				strings.clear();
			}
		}
		return constructed;
	}

}
