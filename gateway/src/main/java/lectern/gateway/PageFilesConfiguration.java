package lectern.gateway;

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

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		EncodedResourceResolver compressed = new EncodedResourceResolver();
		compressed.setContentCodings(List.of(ContentCompression.GZIP));
		registry.addResourceHandler("/assets/**")
			.addResourceLocations("classpath:/" + BuiltPages.FOLDER + "assets/")
			.setCacheControl(IMMUTABLE)
			.setUseLastModified(false)
			.resourceChain(true)
			.addResolver(compressed);
	}

}
