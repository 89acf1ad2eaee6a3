package lectern.web;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Gives every service the same strictness, problems and request ids. */
@AutoConfiguration
public class WebAutoConfiguration {

	@Bean
	StrictJson strictJson() {
		return new StrictJson();
	}

	@Bean
	RequestId requestId() {
		return new RequestId();
	}

	@Bean
	KeyFetch keyFetch() {
		return new KeyFetch();
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper mapper) {
		return new ProblemHandler(new ProblemTranslation(), mapper);
	}

}
