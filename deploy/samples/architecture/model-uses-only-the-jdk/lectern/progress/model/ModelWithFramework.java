package lectern.progress.model;

public class ModelWithFramework {

	Object framework = org.springframework.util.MimeTypeUtils.ALL;

}
