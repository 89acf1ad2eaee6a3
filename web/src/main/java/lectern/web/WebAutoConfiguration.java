package lectern.web;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;

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

	/** A path that hides where it leads is never followed, only named malformed. */
	@Bean
	ServerExchangeRejectedHandler refusedPaths() {
		return (_, _) -> Mono.error(Problem.of(ProblemType.MALFORMED,
				"The address or a header has a form that is not taken here; write the path plainly."));
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper mapper) {
		return new ProblemHandler(new ProblemTranslation(), mapper);
	}

}
