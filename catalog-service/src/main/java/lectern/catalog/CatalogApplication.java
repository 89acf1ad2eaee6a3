package lectern.catalog;

import lectern.web.EventLoopCount;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The catalog service. */
@SpringBootApplication
public class CatalogApplication {

	/** Start the service; it runs until the process is stopped. */
	public static void main(String[] args) {
		EventLoopCount.limitToCores();
		SpringApplication.run(CatalogApplication.class, args);
	}

}
