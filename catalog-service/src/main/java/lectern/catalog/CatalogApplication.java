package lectern.catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The catalog service. */
@SpringBootApplication
public class CatalogApplication {

	/** Start the service; it runs until the process is stopped. */
	public static void main(String[] args) {
		SpringApplication.run(CatalogApplication.class, args);
	}

}
