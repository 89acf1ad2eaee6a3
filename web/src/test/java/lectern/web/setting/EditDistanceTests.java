package lectern.web.setting;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EditDistanceTests {

	@ParameterizedTest
	@CsvSource({ "port,port,0", "port,prot,2", "port,ports,1", "'',port,4", "kitten,sitting,3" })
	void countsInsertionsDeletionsAndReplacements(String first, String second, int distance) {
		assertThat(EditDistance.between(first, second)).isEqualTo(distance);
		assertThat(EditDistance.between(second, first)).isEqualTo(distance);
	}

}
