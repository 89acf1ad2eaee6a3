package lectern.progress.erasure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of erasures. */
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(ErasureConfiguration.class);

	@Bean
	ErasureList erasureList(ErasureSettings settings) {
		if (settings.folder() == null) {
			logger.warn("No list of erasures is kept (lectern.progress.erasure.folder): a backup that is restored "
					+ "brings back readers who were erased since");
		}
		return new ErasureList(settings.folder());
	}

}
