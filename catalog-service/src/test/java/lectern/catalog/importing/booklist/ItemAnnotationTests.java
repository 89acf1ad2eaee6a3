package lectern.catalog.importing.booklist;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ItemAnnotationTests {

	@ParameterizedTest
	@ValueSource(strings = { ":construction: in process", "In Process", "en proceso", ":construction: keskeneräinen",
			"в процессе написания", ":construction: 翻译中" })
	void inProgressAnnotationIsRecognized(String text) {
		assertThat(ItemAnnotation.of(text).inProgress()).isTrue();
	}

	@Test
	void textBeyondMarkerIsKept() {
		assertThat(ItemAnnotation.of(":construction: in process").text()).isEmpty();
		assertThat(ItemAnnotation.of(":construction: project is dead").text()).isEqualTo("project is dead");
		assertThat(ItemAnnotation.of(":card_file_box: archived").text()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			email address requested, not required      | REQUESTED
			Leanpub account or valid email requested   | REQUESTED
			se solicita email                          | REQUESTED
			endereço de e-mail solicitado, não obrigatório | REQUESTED
			email address or account required          | REQUIRED
			Leanpub cuenta requerida                   | REQUIRED
			Membutuhkan akun Leanpub                   | REQUIRED
			regisztráció szükséges                     | REQUIRED
			Требуется аккаунт                          | REQUIRED
			نیاز به ثبت نام دارد                       | REQUIRED
			Registrierung erforderlich                 | REQUIRED
			需要注册                                    | REQUIRED
			アカウント登録が必要                         | REQUIRED
			compte requis                              | REQUIRED
			""")
	void signUpRequirementIsReadInManyLanguages(String text, SignUpRequirement requirement) {
		assertThat(ItemAnnotation.of(text).signUp()).isEqualTo(requirement);
	}

	@ParameterizedTest
	@ValueSource(strings = { "use form at bottom of license", "Java is required", "contact the author if required",
			"email", "3.x", "" })
	void otherAnnotationRequiresNoSignUp(String text) {
		assertThat(ItemAnnotation.of(text).signUp()).isEqualTo(SignUpRequirement.NONE);
		assertThat(ItemAnnotation.of(text).text()).isEqualTo(text);
	}

}
