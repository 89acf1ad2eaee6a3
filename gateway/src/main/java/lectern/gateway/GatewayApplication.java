package lectern.gateway;

import lectern.web.EventLoopCount;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The single entry point of Lectern: routes, token checks, event streams, problems and
 * web pages.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class GatewayApplication {

	static void main(String[] arguments) {
		EventLoopCount.limitToCores();
		SpringApplication.run(GatewayApplication.class, arguments);
	}

}
