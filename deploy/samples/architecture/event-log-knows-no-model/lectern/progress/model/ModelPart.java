package lectern.progress.model;

public class ModelPart {

}
