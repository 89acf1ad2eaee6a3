package lectern.streaming.log;

public class LogWithLivePart {

	Object live = lectern.streaming.live.LivePart.class;

}
