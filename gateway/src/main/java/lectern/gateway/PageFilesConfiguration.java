package lectern.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import lectern.web.ContentCompression;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.resource.EncodedResourceResolver;

/**
 * Serves the files of the pages. A name has a hash of the content, so a browser that has
 * a file never asks for it again. The build has compressed each file.
 */
@Configuration(proxyBeanMethods = false)
class PageFilesConfiguration implements WebFluxConfigurer {

	private static final CacheControl IMMUTABLE = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private static final String ADDRESSES = "/assets/**";

	private static final String BUILT_FILES = "classpath:/" + BuiltPages.FOLDER + "assets/";

	private final PageSettings settings;

	PageFilesConfiguration(PageSettings settings) {
		this.settings = settings;
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		Path sources = this.settings.sources();
		if (sources != null) {
			// The libraries have no sources here.
			registry.addResourceHandler(ADDRESSES)
				.addResourceLocations("file:" + sources.toAbsolutePath() + "/", BUILT_FILES)
				.setCacheControl(CacheControl.noStore());
			return;
		}
		EncodedResourceResolver compressed = new EncodedResourceResolver();
		compressed.setContentCodings(List.of(ContentCompression.GZIP));
		registry.addResourceHandler(ADDRESSES)
			.addResourceLocations(BUILT_FILES)
			.setCacheControl(IMMUTABLE)
			.setUseLastModified(false)
			.resourceChain(true)
			.addResolver(compressed);
	}

}
